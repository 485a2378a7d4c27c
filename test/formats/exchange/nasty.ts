import fc from 'fast-check';
import type { ExchangeFile, ExchangeUnit } from '../../../src/domain/exchange/exchangeFile.ts';
import { policies, segmentKinds } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { legal } from '../../../src/formats/exchange/xmlWords.ts';

/** What breaks files: marks of every format, formulas, directions, every script, characters that are none. */
const pieces = [
  ']]>',
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  '<!--',
  '<?x?>',
  '"',
  "'",
  '\\',
  '\\n',
  '\n',
  '\r\n',
  '\t',
  '=1+1',
  '+',
  '-',
  '@',
  '#',
  '#~',
  '#,',
  'msgid "',
  'msgstr',
  ',',
  ';',
  '\u00a0',
  '\u200f',
  '\u200e',
  '\u2066',
  '\u2069',
  '\u061c',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\u0000',
  '\u0001',
  '\u001b',
  '\u007f',
  '\ufffe',
  '\uffff',
  '😀',
  '👩‍👧',
  'é',
  'e\u0301',
  'İıŞğ',
  'توقّف الآن',
  '中文',
  'हिन्दी',
  'עברית',
  '١١٦',
  '{helpline.child}',
  '{safeguarding.lead_title|dative}',
  '\\{x}',
  '{}',
  '{',
  '}',
  '**',
  '[a](https://example.org/?a=1&b=2)',
  ' ',
  '  ',
  'word',
  'U+0001',
  '_41_',
  '%',
  '%20',
  '&nbsp;',
  '＝',
  'http://x',
];

export const nastyText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, fc.string({ unit: 'binary', maxLength: 4 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join('').toWellFormed());

const filled = nastyText.map((text) => (text.trim() === '' ? 'text' : text));
const id = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,10}[A-Za-z0-9])?$/).map((text) => `S${text}`);
/** Notes are written by the authority's authors: words and line feeds. */
const note = fc
  .array(fc.constantFrom('For boys, too.', 'A "rule"', 'Note: x', '<b>', '', 'ünlü', '#. y'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((lines) => lines.join('\n').trim())
  .filter((text) => text !== '');

export const nastyUnit: fc.Arbitrary<ExchangeUnit> = fc
  .record({
    segment: id,
    source: filled,
    target: nastyText,
    note: fc.option(note),
    // In XLIFF 2 an old source stands in a note, where XML has no way to write these. The authority writes none.
    oldSource: fc.option(filled.map((text) => legal(text) || 'text')),
    lessons: fc.uniqueArray(id, { maxLength: 3 }),
    section: fc.constantFrom('steps', 'handout:five-steps'),
    kind: fc.constantFrom(...segmentKinds),
    policy: fc.constantFrom(...policies),
    state: fc.constantFrom('initial', 'translated', 'reviewed', 'final'),
    severity: fc.constantFrom('content', 'safety'),
    revision: fc.nat(1000),
  })
  .map(({ segment, source, target, note, oldSource, lessons, section, kind, policy, state, severity, revision }) => ({
    segment,
    source,
    target,
    note,
    oldSource,
    stamp: {
      lessons,
      section: lessons.length === 0 ? '' : section,
      kind,
      policy,
      state: target === '' ? 'initial' : state,
      stale: oldSource === null ? null : severity,
      revision,
      sourceHash: textHash(source),
      targetHash: textHash(target),
      basedOn: revision === 0 ? null : textHash(oldSource ?? source),
    },
  }));

export const nastyFile: fc.Arbitrary<ExchangeFile> = fc
  .record({
    edition: fc.constantFrom('tr-TR', 'ar-EG', 'tr-TR-x-ngo'),
    language: fc.constant(''),
    release: fc.constantFrom('1.8.1', '10.0.12'),
    ahead: fc.uniqueArray(id, { maxLength: 2 }),
    exportedAt: fc.constant('2026-11-24T08:30:00.000Z'),
    scope: fc.oneof(
      fc.constant({ kind: 'edition' } as const),
      fc.constant({ kind: 'stale' } as const),
      id.map((lesson) => ({ kind: 'lesson', lesson }) as const),
    ),
    units: fc.uniqueArray(nastyUnit, { minLength: 1, maxLength: 6, selector: (unit) => unit.segment }),
  })
  .map((file) => ({ ...file, language: file.edition.split('-')[0] ?? '' }));
