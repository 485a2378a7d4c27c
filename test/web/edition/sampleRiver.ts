import type { Edition, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { FactValue } from '../../../src/domain/facts/fact.ts';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { revisionsOf } from '../../../src/domain/release/meaning.ts';
import { packageRoot } from '../../../src/domain/release/merkle.ts';
import type { Change, ChangeSet, Release, SegmentRevision, Severity } from '../../../src/domain/release/release.ts';
import { firstPackage } from './samplePackage.ts';

/** An invented baseline of two lessons and three releases: small enough to see whole, with one of everything. */
export type SampleRelease = {
  readonly release: Release;
  readonly lessonPackage: LessonPackage;
  readonly revisions: readonly SegmentRevision[];
};

export function setOf(
  id: string,
  severity: Severity,
  title: string,
  reason: string,
  changes: readonly Change[],
): ChangeSet {
  return {
    id,
    title,
    severity,
    reason,
    evidence: [],
    summary: title,
    due: severity === 'safety' ? '2026-12-04' : null,
    changes,
    clearedVariants: [],
    state: 'released',
    base: null,
    release: null,
    author: 'ada',
    approvedBy: 'bo',
    revision: 1,
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

export const edit = (before: LessonPackage, segment: string, after: string): Change => ({
  kind: 'segmentEdited',
  segment,
  before: before.segments[segment]?.text ?? '',
  after,
});

export function next(
  last: SampleRelease,
  all: readonly SegmentRevision[],
  number: string,
  on: string,
  set: ChangeSet,
): SampleRelease {
  const history = Object.fromEntries(
    Object.keys(last.lessonPackage.segments).map((id) => [id, all.filter((revision) => revision.segment === id)]),
  );
  const lessonPackage = applyChanges(last.lessonPackage, set.changes);
  return {
    release: releaseOf(number, last.release.number, on, { ...set, release: number }, lessonPackage),
    lessonPackage,
    revisions: revisionsOf(last.lessonPackage, [set], { number, on }, history),
  };
}

const releaseOf = (
  number: string,
  previous: string | null,
  on: string,
  set: ChangeSet,
  lessonPackage: LessonPackage,
): Release => ({
  number,
  previous,
  on,
  severity: set.severity,
  summary: set.title,
  sets: [set],
  root: packageRoot(lessonPackage),
  demonstration: true,
});

/** The three releases, oldest firstPackage. */
export function sampleReleases(): readonly SampleRelease[] {
  const start: SampleRelease = {
    release: releaseOf(
      '1.0.0',
      null,
      '2026-01-12',
      setOf('first-package', 'content', 'The first package', 'It begins.', []),
      firstPackage,
    ),
    lessonPackage: firstPackage,
    revisions: Object.values(firstPackage.segments).map((segment) => ({
      segment: segment.id,
      release: '1.0.0',
      on: '2026-01-12',
      textHash: textHash(segment.text),
      meaning: textHash(segment.text),
      severity: null,
      changeSet: null,
      due: null,
    })),
  };
  const pairs = setOf('more-time', 'content', 'More time to talk', 'Three minutes were too short in every trial.', [
    edit(
      firstPackage,
      'B4.act.2',
      'Read the story of Sam aloud. Give the class 5 minutes to talk in pairs, and walk around.',
    ),
  ]);
  const second = next(start, start.revisions, '1.1.0', '2026-06-03', pairs);
  const stop = setOf(
    'still-stop',
    'safety',
    'CPS-03 “Stop now” has a new sentence',
    'Children who had paid thought it was too late to ask for help.',
    [
      edit(
        second.lessonPackage,
        'CPS-03',
        'Stop now. Do not pay. Do not send anything more. If you already paid, you can still stop now and get help.',
      ),
    ],
  );
  const third = next(second, [...start.revisions, ...second.revisions], '1.2.0', '2026-11-10', stop);
  return [start, second, third];
}

export const sampleEdition = (tag: string, partner: string, change: Partial<Edition> = {}): Edition => ({
  tag,
  partner,
  language: tag.split('-')[0] ?? '',
  country: tag.split('-')[1] ?? '',
  demonstration: false,
  upstream: { release: '1.1.0', ahead: [] },
  lessons: { B4: { state: 'offered' }, C3: { state: 'planned' } },
  exitUrl: 'https://example.org/',
  publication: null,
  withdrawn: null,
  revision: 1,
  ...change,
});

/** A unit of the edition made from the text of the first release. */
export function sampleUnit(
  edition: string,
  segment: string,
  target: string,
  change: Partial<TranslationUnit> = {},
): TranslationUnit {
  return {
    edition,
    segment,
    target,
    state: 'translated',
    basedOn: textHash(firstPackage.segments[segment]?.text ?? ''),
    adapted: false,
    backTranslation: null,
    by: 'elif',
    reviewedBy: null,
    at: '2026-05-02T08:30:00.000Z',
    origin: 'person',
    revision: 1,
    ...change,
  };
}

/** A national value, looked up and, when a day is given, checked then. */
export function sampleFact(
  country: string,
  key: string,
  value: Partial<FactValue>,
  checkedOn: string | null = null,
): FactValue {
  return {
    key,
    jurisdiction: country,
    neutral: {},
    wordings: {},
    source: 'ministry.example.org',
    lookedUpOn: '2026-01-05',
    certainty: 'high',
    check: checkedOn === null ? null : { on: checkedOn, by: 'murat', method: 'called' },
    suspended: null,
    ...value,
  };
}
