import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { pictureRefusals } from '../src/commands/ports/pictures.ts';
import { actions, interfaceLanguages, personStates, roles } from '../src/domain/access/access.ts';
import { adaptationKinds, lessonStates, readerPolicies, unitStates } from '../src/domain/edition/edition.ts';
import { pictureLicences, pictureQuestions } from '../src/domain/edition/material.ts';
import { lessonGaps } from '../src/domain/edition/materialObstacles.ts';
import { errorCodes } from '../src/domain/errors.ts';
import { exchangeFormats, exchangeProblems } from '../src/domain/exchange/exchangeFile.ts';
import { notTakenWhys } from '../src/domain/exchange/planImport.ts';
import { factTypes } from '../src/domain/facts/fact.ts';
import { factValueProblems } from '../src/domain/facts/factValue.ts';
import { noticeKinds } from '../src/domain/notification/notification.ts';
import { policies, segmentKinds } from '../src/domain/package/lessonPackage.ts';
import { findingCodes } from '../src/domain/package/validate.ts';
import { changeSetStates, severities } from '../src/domain/release/release.ts';
import { decisionKinds, itemKinds } from '../src/domain/update/update.ts';
import { places } from '../src/web/desk/frame.ts';
import { createTranslator } from '../src/web/i18n.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'locales');
const translator = createTranslator(folder);

function textsOf(value: unknown, prefix = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[prefix, value]];
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), `${prefix} is no text`);
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, prefix === '' ? key : `${prefix}.${key}`));
}

const filesOf = (language: string) => readdirSync(join(folder, language)).sort();
const parsed: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map(
  interfaceLanguages.flatMap((language) =>
    filesOf(language).map((file) => {
      const text = readFileSync(join(folder, language, file), 'utf8');
      return [`${language}/${file}`, textsOf(JSON.parse(text))] as const;
    }),
  ),
);
const read = (language: string, file: string) => parsed.get(`${language}/${file}`) ?? [];
const suffix = /_(zero|one|two|few|many|other)$/;
const bare = (key: string) => key.replace(suffix, '');

test('every language has the same files', () => {
  for (const language of interfaceLanguages) assert.deepEqual(filesOf(language), filesOf('en'), language);
});

test('every file has the same keys in each language, with all plural forms of that language', () => {
  assert.equal(new Intl.PluralRules('ar').resolvedOptions().pluralCategories.length, 6);
  for (const file of filesOf('en')) {
    const english = new Set(read('en', file).map(([key]) => bare(key)));
    for (const language of interfaceLanguages) {
      const keys = read(language, file).map(([key]) => key);
      assert.deepEqual(new Set(keys.map(bare)), english, `${language}/${file}`);
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of new Set(keys.filter((each) => suffix.test(each)).map(bare))) {
        for (const form of forms) assert.ok(keys.includes(`${key}_${form}`), `${language}/${file}: ${key}_${form}`);
        assert.ok(!keys.includes(key), `${language}/${file}: ${key} with and without a number`);
        const extra = keys
          .filter((each) => suffix.test(each) && bare(each) === key)
          .map((each) => each.slice(key.length + 1));
        for (const form of extra) {
          assert.ok(
            form === 'zero' || (forms as readonly string[]).includes(form),
            `${language}/${file}: ${key}_${form} is never used`,
          );
        }
      }
    }
  }
});

test('no text is empty, has blanks around it, or is markup', () => {
  for (const [file, texts] of parsed) {
    for (const [key, text] of texts) {
      assert.notEqual(text.trim(), '', `${file}: ${key}`);
      assert.ok(!/<\/?[a-z][^>]*>|&[a-z]+;/i.test(text), `${file}: ${key} has markup: ${text}`);
    }
  }
});

test('a text has the same values in each language', () => {
  const valuesIn = (text: string) => new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? ''));
  for (const file of filesOf('en')) {
    // Of a plural, what any form may use: one and two may say the number in words.
    const english = new Map<string, Set<string>>();
    for (const [key, text] of read('en', file)) {
      english.set(bare(key), (english.get(bare(key)) ?? new Set()).union(valuesIn(text)));
    }
    for (const language of interfaceLanguages) {
      for (const [key, text] of read(language, file)) {
        const known = new Set(english.get(bare(key)));
        const about = `${language}/${file}: ${key}`;
        if (!suffix.test(key)) assert.deepEqual(valuesIn(text), known, about);
        known.add('count');
        const missing = [...known].filter((value) => value !== 'count' && !valuesIn(text).has(value));
        assert.deepEqual([...valuesIn(text).difference(known)], [], `${about} has a value that English does not have`);
        if (/_(other|many|few)$/.test(key)) assert.deepEqual(missing, [], `${about} lacks a value`);
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
  'baseline:findings': findingCodes,
  'edition:facts.malformed': factValueProblems,
  'material:gaps': lessonGaps,
  'material:questions': pictureQuestions,
  'material:refused': pictureRefusals,
  'material:licences': pictureLicences.map((licence) => licence.replace(/\W/g, '')),
  'public:picture.licence': ['own', 'publicDomain', 'permission'],
  'exchange:problems': exchangeProblems,
  'exchange:why': notTakenWhys,
  'exchange:formats': exchangeFormats,
  'people:states': personStates,
  'people:roleMeanings': roles,
  'people:notices': noticeKinds,
};

test('every code, state, kind and role has its word in each language', () => {
  for (const [namespace, keys] of Object.entries(wanted)) {
    for (const key of keys) {
      const name = namespace.includes(':') ? `${namespace}.${key}` : `${namespace}:${key}`;
      for (const language of interfaceLanguages) assert.ok(translator.has(language, name), `${language} ${name}`);
    }
  }
});

const namespaces = filesOf('en').map((file) => basename(file, '.json'));
const filesUnder = (room: string, ending: RegExp) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => join(room, name));

test('every text that a view or a handler names is there', () => {
  const name = `(?:${namespaces.join('|')}):[A-Za-z0-9_]+(?:\\.[A-Za-z0-9_]+)*`;
  const whole = new RegExp(`['"\`](${name})['"\`]`, 'g');
  // `desk:roles.${role}` and (concat 'desk:roles.' role): what comes before the changing part.
  const begun = new RegExp(`['"\`](${name})\\.(?:\\$\\{|['"])`, 'g');
  const missing: string[] = [];
  const rights: ReadonlySet<string> = new Set(actions);
  let found = 0;
  const all = new Set(
    filesOf('en').flatMap((file) => read('en', file).map(([key]) => `${basename(file, '.json')}:${bare(key)}`)),
  );
  for (const file of [...filesUnder('views', /\.handlebars$/), ...filesUnder('src', /\.ts$/)]) {
    const text = readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
    for (const [, key = ''] of text.matchAll(whole)) {
      found += 1;
      if (!all.has(key) && !rights.has(key)) missing.push(`${file}: ${key}`);
    }
    for (const [, key = ''] of text.matchAll(begun)) {
      found += 1;
      if (![...all].some((each) => each.startsWith(`${key}.`))) missing.push(`${file}: ${key}.…`);
    }
  }
  assert.ok(found > 500, `only ${found} names found`);
  assert.deepEqual([...new Set(missing)], []);
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
