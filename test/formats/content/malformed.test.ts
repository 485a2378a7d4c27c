import assert from 'node:assert/strict';
import { test } from 'node:test';
import arabic from '../../../locales/ar/baseline.json' with { type: 'json' };
import english from '../../../locales/en/baseline.json' with { type: 'json' };
import turkish from '../../../locales/tr/baseline.json' with { type: 'json' };
import { malformations, malformed } from '../../../src/formats/content/malformed.ts';

test('what is wrong with a content file is said in every interface language', () => {
  const names = [...Object.values(malformations), 'yaml', 'field'].sort();
  for (const words of [english, turkish, arabic]) assert.deepEqual(Object.keys(words.malformed).sort(), names);
});

test('a problem carries its name and its detail beside the English for the record', () => {
  assert.deepEqual(malformed('B4.md', 7, 'no kind of segment: poem').data, {
    file: 'B4.md',
    line: 7,
    problem: 'no kind of segment: poem',
    what: 'segmentKind',
    detail: 'poem',
  });
  assert.equal(malformed('B4.md', 7, 'minutes: Invalid input', 'field').data.detail, 'minutes');
});
