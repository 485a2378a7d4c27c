import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { actions, interfaceLanguages, personStates, roles } from '../../src/domain/access/access.ts';
import { adaptationKinds, lessonStates, readerPolicies, unitStates } from '../../src/domain/edition/edition.ts';
import { errorCodes } from '../../src/domain/errors.ts';
import { factTypes } from '../../src/domain/facts/fact.ts';
import { noticeKinds } from '../../src/domain/notification/notification.ts';
import { policies, segmentKinds } from '../../src/domain/package/lessonPackage.ts';
import { changeSetStates, severities } from '../../src/domain/release/release.ts';
import { decisionKinds, itemKinds } from '../../src/domain/update/update.ts';
import { places } from '../../src/web/desk/frame.ts';
import { createTranslator } from '../../src/web/i18n.ts';

const folder = join(import.meta.dirname, '../../locales');
const translator = createTranslator(folder);

function textsOf(value: unknown, prefix = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[prefix, value]];
  assert.ok(typeof value === 'object' && value !== null, prefix);
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, prefix === '' ? key : `${prefix}.${key}`));
}

const read = (language: string, file: string) =>
  textsOf(JSON.parse(readFileSync(join(folder, language, file), 'utf8')));

const suffix = /_(zero|one|two|few|many|other)$/;
const filesOf = (language: string) => readdirSync(join(folder, language)).sort();

test('every language has the same files', () => {
  for (const language of interfaceLanguages) assert.deepEqual(filesOf(language), filesOf('en'), language);
});

test('every file has the same keys in each language, with all plural forms of that language', () => {
  for (const file of filesOf('en')) {
    const english = new Set(read('en', file).map(([key]) => key.replace(suffix, '')));
    for (const language of interfaceLanguages) {
      const keys = read(language, file).map(([key]) => key);
      assert.deepEqual(new Set(keys.map((key) => key.replace(suffix, ''))), english, `${language}/${file}`);
      const plural = new Set(keys.filter((key) => suffix.test(key)).map((key) => key.replace(suffix, '')));
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of plural) {
        for (const form of forms) assert.ok(keys.includes(`${key}_${form}`), `${language}/${file}: ${key}_${form}`);
      }
    }
  }
});

test('a text has the same values in each language', () => {
  const valuesIn = (text: string) => new Set([...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? ''));
  for (const file of filesOf('en')) {
    const english = new Map(read('en', file));
    for (const language of interfaceLanguages) {
      for (const [key, text] of read(language, file)) {
        if (suffix.test(key)) continue;
        assert.deepEqual(valuesIn(text), valuesIn(english.get(key) ?? ''), `${language}/${file}: ${key}`);
      }
    }
  }
});

const wanted = {
  errors: errorCodes,
  'desk:severities': severities,
  'desk:policies': policies,
  'desk:unitStates': unitStates,
  'desk:lessonStates': lessonStates,
  'desk:readerPolicies': readerPolicies,
  'desk:changeSetStates': changeSetStates,
  'desk:decisions': decisionKinds,
  'desk:decided': decisionKinds,
  'desk:itemKinds': itemKinds,
  'desk:segmentKinds': segmentKinds,
  'desk:adaptationKinds': adaptationKinds,
  'desk:factTypes': factTypes,
  'desk:roles': roles,
  'desk:places': places,
  'people:states': personStates,
  'people:roleMeanings': roles,
  'people:notices': noticeKinds,
};

test('every code, state, kind and role has its word in each language', () => {
  assert.ok(actions.length > 0);
  for (const [namespace, keys] of Object.entries(wanted)) {
    for (const key of keys) {
      const name = namespace.includes(':') ? `${namespace}.${key}` : `${namespace}:${key}`;
      for (const language of interfaceLanguages) assert.ok(translator.has(language, name), `${language} ${name}`);
    }
  }
});

test('numbers and plural forms are the language’s own', () => {
  const inbox = (count: number) => translator.t('ar', 'people:inbox.title', { count });
  assert.deepEqual([1, 2, 3, 11, 100].map(inbox), [
    'إشعار جديد واحد',
    'إشعاران جديدان',
    '٣ إشعارات جديدة',
    '١١ إشعارًا جديدًا',
    '١٠٠ إشعار جديد',
  ]);
  assert.equal(translator.t('tr', 'errors:tooManyTries', { minutes: 3 }).includes('3 dakika'), true);
  const isolated = translator.t('ar', 'errors:segmentUnknown', { segment: 'CPS-03' });
  assert.ok(isolated.includes('\u2068CPS-03\u2069'));
  assert.equal(translator.t('en', 'errors:lessonUnknown', { lesson: '$t(desk:product) {{x}}' }).includes('$t('), true);
});
