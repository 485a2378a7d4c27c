import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineHtml } from '../../src/site/inlineHtml.ts';

test('every leaf is escaped and numbers stand in one piece from left to right', () => {
  const bad = '<script>"&';
  const html = inlineHtml([
    { kind: 'text', text: bad },
    { kind: 'wording', text: bad },
    { kind: 'phone', name: bad, display: '116 111', dial: '116111' },
    { kind: 'url', name: '', url: 'https://example.org/"x', label: bad },
    { kind: 'missingFact', key: bad },
  ]);
  assert.ok(!html.includes('<script'));
  assert.ok(!html.includes('"x'));
  assert.match(html, /<a class="tel" href="tel:116111"><bdi dir="ltr">116 111<\/bdi><\/a>/);
});

test('an address that could run something stays text', () => {
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', ' vbscript:x']) {
    assert.equal(inlineHtml([{ kind: 'link', url, children: [{ kind: 'text', text: 'here' }] }]), 'here');
  }
  assert.match(inlineHtml([{ kind: 'link', url: 'https://a.example', children: [] }]), /rel="noreferrer"/);
});
