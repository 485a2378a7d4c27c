import type { Edition, TranslationUnit } from '../src/domain/edition/edition.ts';
import type { LessonPackage, Segment, SegmentId } from '../src/domain/package/lessonPackage.ts';
import { textHash } from '../src/domain/release/canonical.ts';
import { extendHistory, type History, revisionsOf } from '../src/domain/release/meaning.ts';
import { packageRoot } from '../src/domain/release/merkle.ts';
import type { Change, ChangeSet, Release, SegmentRevision } from '../src/domain/release/release.ts';

export const segmentsPerLesson = 200;
/** 5 % of 6,000. */
export const changedSegments = 300;
/** Of a hundred changed segments, this many editorial, the rest content. */
const editorialShare = 20;

const wordsOf = (place: number): string =>
  `Segment ${place}: tell an adult whom you trust, keep the proof, block the account, and remember that it is never your fault.`;

const lessonOf = (number: number): string => `L${String(number).padStart(3, '0')}`;
const idOf = (place: number): SegmentId => `${lessonOf(Math.floor(place / segmentsPerLesson))}.text.${place}`;

export function syntheticPackage(segments: number): LessonPackage {
  const all: Record<SegmentId, Segment> = {};
  for (let place = 0; place < segments; place++) {
    const id = idOf(place);
    all[id] = { id, kind: 'paragraph', policy: place % 10 === 0 ? 'core' : 'adaptable', text: wordsOf(place) };
  }
  const lessons = Array.from({ length: segments / segmentsPerLesson }, (_, number) => ({
    id: lessonOf(number),
    fields: {
      band: 'C' as const,
      ages: [11, 14] as const,
      minutes: 45,
      group: 'class' as const,
      screens: 'none' as const,
      sheets: 1,
      topics: ['blackmail' as const],
      sensitivity: 'medium' as const,
      notForAssembly: false,
      evidence: [],
    },
    sections: [
      {
        id: 'steps',
        kind: 'steps' as const,
        placements: Array.from({ length: segmentsPerLesson }, (_, own) => ({
          segment: idOf(number * segmentsPerLesson + own),
        })),
      },
    ],
  }));
  return { lessons, segments: all, facts: {}, evidence: {} };
}

export const setOf = (id: string, severity: ChangeSet['severity'], changes: readonly Change[]): ChangeSet => ({
  id,
  title: id,
  severity,
  reason: 'because',
  evidence: [],
  summary: 'what changed',
  due: null,
  changes,
  clearedVariants: [],
  state: 'approved',
  base: '1.0.0',
  release: null,
  author: 'ada',
  approvedBy: 'bo',
  revision: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
});

/** The first release of a package, with the history it begins. */
export function firstRelease(lessonPackage: LessonPackage): {
  readonly release: Release;
  readonly revisions: readonly SegmentRevision[];
} {
  const release: Release = {
    number: '1.0.0',
    previous: null,
    on: '2026-01-01',
    severity: 'content',
    summary: 'The first',
    sets: [],
    root: packageRoot(lessonPackage),
    demonstration: true,
  };
  const revisions = Object.values(lessonPackage.segments).map(({ id, text }): SegmentRevision => {
    const hash = textHash(text);
    return {
      segment: id,
      release: '1.0.0',
      on: '2026-01-01',
      textHash: hash,
      meaning: hash,
      severity: null,
      changeSet: null,
      due: null,
    };
  });
  return { release, revisions };
}

/** The same number of changes, spread over the whole package however large it is. */
export function changesTo(lessonPackage: LessonPackage): {
  readonly sets: readonly ChangeSet[];
  readonly ids: readonly SegmentId[];
  readonly staleIds: readonly SegmentId[];
} {
  const size = Object.keys(lessonPackage.segments).length;
  const ids = Array.from({ length: changedSegments }, (_, number) => idOf((number * size) / changedSegments));
  const editFor = (id: SegmentId): Change => {
    const before = lessonPackage.segments[id]?.text ?? '';
    return { kind: 'segmentEdited', segment: id, before, after: before.replace('block the account', 'do not pay') };
  };
  const editorial = ids.filter((_, number) => number % 100 < editorialShare);
  const content = ids.filter((_, number) => number % 100 >= editorialShare);
  const sets = [
    setOf('wording', 'editorial', editorial.map(editFor)),
    setOf('do-not-pay', 'content', content.map(editFor)),
  ];
  return { sets, ids, staleIds: content };
}

export const historyAfter = (before: LessonPackage, sets: readonly ChangeSet[], history: History): History =>
  extendHistory(history, revisionsOf(before, sets, { number: '1.1.0', on: '2026-02-01' }, history));

/** `aa-AA-x-p001`: no real country is meant. */
export const tagOf = (number: number): string => `tr-TR-x-p${String(number).padStart(3, '0')}`;

export const syntheticEdition = (number: number): Edition => ({
  tag: tagOf(number),
  partner: `partner-${number}`,
  language: 'tr',
  country: 'TR',
  demonstration: true,
  upstream: { release: '1.0.0', ahead: [] },
  lessons: {},
  exitUrl: 'https://example.org/',
  publication: null,
  withdrawn: null,
  revision: 1,
});

export function syntheticUnit(edition: string, segment: Segment): TranslationUnit {
  return {
    edition,
    segment: segment.id,
    target: `Güvendiğin bir yetişkine söyle, kanıtı sakla, bu asla senin suçun değil. ${segment.id}`,
    state: 'reviewed',
    basedOn: textHash(segment.text),
    adapted: false,
    backTranslation: null,
    by: 'elif',
    reviewedBy: 'murat',
    at: '2026-01-15T10:00:00.000Z',
    origin: 'person',
    revision: 1,
  };
}
