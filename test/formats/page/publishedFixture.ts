import type { PublishedLesson } from '../../../src/domain/edition/publication.ts';
import type { ResolvedFact } from '../../../src/domain/facts/fact.ts';
import type {
  LessonFields,
  Placement,
  Section,
  SectionKind,
  SegmentKind,
} from '../../../src/domain/package/lessonPackage.ts';
import type { Imprint } from '../../../src/formats/page/lessonPage.ts';

/** A segment with its placement, in short: `step('s.1', 'Stop', { minutes: 5 })`. */
type Piece = { id: string; kind: SegmentKind; text: string; fields?: Omit<Placement, 'segment'> };
export const piece = (id: string, kind: SegmentKind, text: string, fields?: Piece['fields']): Piece => ({
  id,
  kind,
  text,
  ...(fields ? { fields } : {}),
});

export type LessonWords = {
  readonly edition: string;
  readonly sections: Readonly<Record<string, readonly Piece[]>>;
  readonly facts: readonly ResolvedFact[];
  readonly fields?: Partial<LessonFields>;
};

export const fact = (key: string, rest: Partial<ResolvedFact>): ResolvedFact => ({
  key,
  type: 'contact',
  neutral: {},
  wording: {},
  check: { on: '2025-09-08', by: 'p1', method: 'called' },
  ...rest,
});

const fields: LessonFields = {
  band: 'B',
  ages: [10, 12],
  minutes: 45,
  booster: 15,
  group: 'class',
  screens: 'none',
  sheets: 2,
  topics: ['blackmail'],
  sensitivity: 'high',
  notForAssembly: true,
  evidence: ['E3'],
};

/** A published lesson from words, with hashes that nobody checks here. */
export function publishedLesson(words: LessonWords): PublishedLesson {
  const [language = 'en', country = 'GB'] = words.edition.split('-');
  const sections: Section[] = Object.entries(words.sections).map(([id, pieces]) => ({
    id,
    kind: id.split(':')[0] as SectionKind,
    placements: pieces.map((one) => ({ segment: one.id, ...one.fields })),
  }));
  const pieces = Object.values(words.sections).flat();
  return {
    edition: words.edition,
    language,
    country,
    demonstration: false,
    release: '1.8.1',
    lesson: { id: 'B4', fields: { ...fields, ...words.fields }, sections },
    segments: Object.fromEntries(
      pieces.map(({ id, kind, text }) => [
        id,
        { kind, policy: kind === 'statement' ? 'core' : 'adaptable', text, basedOn: 'h' },
      ]),
    ),
    facts: Object.fromEntries(words.facts.map((one) => [one.key, one])),
    evidence: { E3: 'White C and others (2018). Child Abuse & Neglect 82, 144-155.' },
  };
}

export function imprintOf(edition: string, rest: Partial<Imprint> = {}): Imprint {
  const [language = 'en', country = 'GB'] = edition.split('-');
  return {
    edition,
    country,
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    demonstration: false,
    draft: false,
    release: '1.8.1',
    lessonEdition: { number: 22, on: '2025-10-06' },
    code: '9TRM4-W7CK2',
    verifyUrl: 'https://headwater.example/verify/9TRM4-W7CK2',
    verifyLabel: 'headwater.example/verify',
    licence: 'CC BY-SA 4.0',
    ...rest,
  };
}
