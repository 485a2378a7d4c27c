import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Handlebars from 'handlebars';
import { interfaceLanguages } from '../../src/domain/access/access.ts';
import { createTranslator } from '../../src/web/i18n.ts';

const folder = join(import.meta.dirname, '../../views');
const translator = createTranslator();

const templates = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.handlebars') && /^(desk|layouts|partials)/.test(name))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(folder, name), 'utf8') }));

const desk = templates.filter(({ name }) => !name.includes('public'));
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');

test('every template can be read, prints only escaped values and carries no style or script of its own', () => {
  for (const { name, text } of desk) {
    assert.doesNotThrow(() => Handlebars.precompile(text), name);
    assert.ok(!/\{\{\{|\{\{&/.test(text), `${name}: unescaped`);
    assert.ok(!/\sstyle="|<style|\son[a-z]+="/.test(text), `${name}: inline`);
    assert.ok(!/\s[\w-]+=\{\{/.test(text), `${name}: unquoted attribute`);
    assert.ok(!/<form[^>]*method="post"/.test(text) || text.includes('{{> csrf}}'), `${name}: form without token`);
  }
});

test('every sign, partial and text that a template names is there', () => {
  for (const { name, text } of desk) {
    for (const sign of all(text, /\{\{sign '([^']+)'/g)) {
      assert.ok(existsSync(join(folder, 'partials/signs', `${sign}.svg`)), `${name}: sign ${sign}`);
    }
    for (const partial of all(text, /\{\{#?> ([\w/-]+)/g)) {
      const file = partial.startsWith('desk/') ? partial : `partials/${partial}`;
      assert.ok(existsSync(join(folder, `${file}.handlebars`)), `${name}: partial ${partial}`);
    }
    for (const key of all(text, /[({]t '([\w:.-]+)'/g)) {
      for (const language of interfaceLanguages)
        assert.ok(translator.has(language, key), `${name}: ${language} ${key}`);
    }
  }
});
