import fc from 'fast-check';
import type { FactDefinition } from '../../../src/domain/facts/fact.ts';
import { factTypes } from '../../../src/domain/facts/fact.ts';
import {
  bands,
  type Evidence,
  type Lesson,
  type LessonFields,
  type LessonPackage,
  type Placement,
  policies,
  type Section,
  type Segment,
  sectionKinds,
  segmentKinds,
  topics,
} from '../../../src/domain/package/lessonPackage.ts';
import { placeholdersOf } from '../../../src/domain/package/placeholders.ts';
import { normalText } from '../../../src/domain/package/text.ts';

const lessonIds = ['A1', 'A2', 'B1', 'B4', 'D2'];
const sectionIds = ['head', 'steps', 'questions', 'handout:a', 'handout:five-steps', 'slides'];
const segmentIds = ['A1.title', 'A1.x', 'B4.act.1', 'B4.act.1.say', 'CPS-01', 'CPS-01.plain', 'R-2', 'constructor'];
const factKeys = ['helpline.child', 'law.age', 'emergency'];
const evidenceIds = ['E1', 'E10', 'true', '1e3'];

/** Fields with only those keys that have a value. */
function some<T extends object>(fields: fc.Arbitrary<{ [K in keyof T]: T[K] | undefined }>): fc.Arbitrary<T> {
  return fields.map((value) => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T);
}
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Texts that try to break the file format: markers, sections, fields, braces, both directions, odd line ends. */
export const nastyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['[#B4.title heading core]', '[@CPS-01]', '[#', '# head', '# ', '#', '\\# head', '\\\\[#x]', 'note: no'],
        ...[
          'from: a, b',
          'variantOf: CPS-01',
          'back: x',
          'drawing: lumi',
          '---',
          '- - -',
          '{helpline.child}',
          '{law.age|dative}',
          '{ x }',
        ],
        ...[
          '\\{no.fact}',
          '{{',
          '',
          ' ',
          '\t',
          '**strong**',
          'اتصل: {helpline.child} الآن',
          '\u202e116 111',
          'a\r\nb',
          'a\rb',
        ],
        ...[
          'e\u0301',
          '\ud800',
          '\u0000',
          '\ufeffx',
          '\u2028',
          'Tell an adult. Do not pay 3 times.',
          '}',
          '%YAML',
          '\u200f# head',
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 5 },
  )
  .map((lines) => normalText(lines.join('\n')))
  .filter((text) => placeholdersOf(text).every(({ key }) => factKeys.includes(key)));

const note = nastyText
  .map((text) => text.slice(0, 60))
  .map(normalText)
  .filter((text) => text !== '');
const evidenceList = fc.uniqueArray(fc.constantFrom(...evidenceIds), { maxLength: 3 });
const someEvidence = fc.uniqueArray(fc.constantFrom(...evidenceIds), { minLength: 1, maxLength: 3 });

const segment = (id: string): fc.Arbitrary<Segment> =>
  some<Segment>(
    fc.record({
      id: fc.constant(id),
      kind: fc.constantFrom(...segmentKinds.slice(0, 5)),
      policy: fc.constantFrom(...policies),
      text: nastyText,
      variantOf: maybe(fc.constantFrom('CPS-01', 'R-2')),
      from: maybe(fc.uniqueArray(fc.constantFrom('OLD-1', 'OLD-2', 'OLD-3'), { minLength: 1, maxLength: 2 })),
      note: maybe(note),
      drawing: fc.option(fc.constantFrom('lumi', 'trust-hand'), { nil: undefined }),
    }),
  ).map(({ drawing, ...rest }) => (drawing === undefined ? rest : { ...rest, kind: 'picture' as const, drawing }));

const placement = (id: string): fc.Arbitrary<Placement> =>
  some<Placement>(
    fc.record({
      segment: fc.constant(id),
      minutes: maybe(fc.nat({ max: 60 })),
      practice: maybe(fc.constant<true>(true)),
      right: maybe(fc.constant<true>(true)),
      evidence: maybe(someEvidence),
    }),
  );

const fields: fc.Arbitrary<LessonFields> = some<LessonFields>(
  fc.record({
    band: fc.constantFrom(...bands),
    ages: fc.option(fc.tuple(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 10, max: 18 }))),
    minutes: fc.nat({ max: 90 }),
    booster: maybe(fc.nat({ max: 20 })),
    group: fc.constantFrom('class', 'adults'),
    screens: fc.constantFrom('none', 'optional'),
    sheets: fc.nat({ max: 4 }),
    topics: fc.uniqueArray(fc.constantFrom(...topics), { maxLength: 3 }),
    sensitivity: fc.constantFrom('low', 'medium', 'high'),
    notForAssembly: fc.boolean(),
    evidence: evidenceList,
  }),
);

const fact = (key: string): fc.Arbitrary<FactDefinition> =>
  some<FactDefinition>(
    fc.record({
      key: fc.constant(key),
      type: fc.constantFrom(...factTypes),
      need: fc.constantFrom('required', 'recommended'),
      label: note,
      checkEvery: fc.integer({ min: 1, max: 365 }),
      fallback: maybe(fc.record({ url: fc.constant('https://example.org/'), name: note })),
      whenMissing: maybe(fc.constantFrom('CPS-01', 'A1.x')),
    }),
  );

const evidence = (id: string): fc.Arbitrary<Evidence> =>
  fc.record({
    id: fc.constant(id),
    citation: note,
    follows: note,
    certainty: fc.constantFrom('high', 'medium', 'low'),
  });

function recordOf<T>(ids: readonly string[], value: (id: string) => fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc
    .tuple(...ids.map((id) => value(id)))
    .map((values) => Object.fromEntries(values.map((each, index) => [ids[index] as string, each])));
}

const section = (id: string, placeable: readonly string[]): fc.Arbitrary<Section> =>
  fc.record({
    id: fc.constant(id),
    kind: fc.constant(sectionKinds.find((kind) => kind === id.split(':')[0]) ?? 'head'),
    placements: fc
      .shuffledSubarray([...placeable], { maxLength: Math.min(5, placeable.length) })
      .chain((ids) => fc.tuple(...ids.map(placement)).map((list) => list as Placement[])),
  });

const lesson = (id: string, placeable: readonly string[]): fc.Arbitrary<Lesson> =>
  fc.record({
    id: fc.constant(id),
    fields,
    sections: fc
      .shuffledSubarray(sectionIds, { maxLength: 4 })
      .chain((ids) => fc.tuple(...ids.map((each) => section(each, placeable))).map((list) => list as Section[])),
  });

/** Packages over a small pool of ids, so that any two of them have much in common. */
export const lessonPackages: fc.Arbitrary<LessonPackage> = fc
  .subarray(segmentIds)
  .chain((ids) =>
    fc.record({
      lessons: fc
        .shuffledSubarray(lessonIds)
        .chain((list) => fc.tuple(...list.map((id) => lesson(id, ids))).map((lessons) => lessons as Lesson[])),
      segments: recordOf(ids, segment),
      facts: recordOf(factKeys, fact),
      evidence: fc.subarray(evidenceIds).chain((list) => recordOf(list, evidence)),
    }),
  )
  .map((made) => structuredClone(made)); // fast-check's records have no prototype
