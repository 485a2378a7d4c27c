import type { Edition, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { FactDefinition, FactValue } from '../../../src/domain/facts/fact.ts';
import type {
  LessonFields,
  LessonPackage,
  Placement,
  Section,
  Segment,
} from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { revisionsOf } from '../../../src/domain/release/meaning.ts';
import { packageRoot } from '../../../src/domain/release/merkle.ts';
import type { Change, ChangeSet, Release, SegmentRevision, Severity } from '../../../src/domain/release/release.ts';

/** An invented baseline of two lessons and three releases: small enough to see whole, with one of everything. */
export type SampleRelease = {
  readonly release: Release;
  readonly lessonPackage: LessonPackage;
  readonly revisions: readonly SegmentRevision[];
};

const fields: LessonFields = {
  band: 'B',
  ages: [10, 12],
  minutes: 45,
  group: 'class',
  screens: 'none',
  sheets: 1,
  topics: ['blackmail'],
  sensitivity: 'high',
  notForAssembly: true,
  evidence: [],
};

const core = (id: string, kind: Segment['kind'], text: string): Segment => ({ id, kind, policy: 'core', text });
const free = (id: string, kind: Segment['kind'], text: string): Segment => ({ id, kind, policy: 'adaptable', text });

const segments: readonly Segment[] = [
  core('B4.title', 'heading', 'When it goes wrong'),
  free('B4.summary', 'paragraph', 'Children learn whom to tell when a message frightens them.'),
  core('B4.obj.1', 'item', 'name two adults whom I can tell'),
  core(
    'CPS-02',
    'statement',
    'Keep telling. If the first adult does not help, tell another, or call: {helpline.child}.',
  ),
  core('CPS-03', 'statement', 'Stop now. Do not pay. Do not send anything more.'),
  core('B4.act.1', 'step', 'Agree the rules'),
  {
    ...free('B4.act.2', 'paragraph', 'Read the story of Sam aloud. Give the class 3 minutes to talk in pairs.'),
    note: 'The name may be changed.',
  },
  core('B4.act.3', 'step', 'Practise telling'),
  free('B4.act.4', 'speech', 'You can always come to me, today or in a year.'),
  core('B4.q.1', 'question', 'What do you do first?'),
  core('B4.q.1.a', 'answer', 'I tell an adult whom I trust'),
  core('B4.q.1.b', 'answer', 'I pay'),
  { ...free('B4.local', 'paragraph', 'In a danger call {emergency.number}.'), policy: 'local' },
  core('C3.title', 'heading', 'Online blackmail: first steps'),
  free('C3.act.1', 'step', 'Sort myths from facts'),
];

const placed = (...ids: readonly (string | Placement)[]): readonly Placement[] =>
  ids.map((each) => (typeof each === 'string' ? { segment: each } : each));
const section = (kind: Section['kind'], placements: readonly Placement[]): Section => ({ id: kind, kind, placements });

const facts: readonly FactDefinition[] = [
  { key: 'emergency.number', type: 'phone', need: 'required', label: 'The number for an emergency', checkEvery: 180 },
  {
    key: 'helpline.child',
    type: 'phone',
    need: 'required',
    label: 'The national helpline for children',
    checkEvery: 180,
  },
  { key: 'helpline.parent', type: 'contact', need: 'recommended', label: 'A helpline for parents', checkEvery: 180 },
  {
    key: 'removal.service',
    type: 'url',
    need: 'recommended',
    label: 'A service that takes pictures down',
    checkEvery: 180,
    fallback: { url: 'https://removal.example.org', name: 'Picture Down' },
  },
  { key: 'law.extortion', type: 'law', need: 'recommended', label: 'Why it is a crime', checkEvery: 365 },
  { key: 'safeguarding.lead_title', type: 'text', need: 'recommended', label: 'Whom a school names', checkEvery: 365 },
];

const first: LessonPackage = {
  lessons: [
    {
      id: 'B4',
      fields,
      sections: [
        section('head', placed('B4.title', 'B4.summary')),
        section('objectives', placed('B4.obj.1')),
        section('messages', placed('CPS-02', 'CPS-03')),
        section(
          'steps',
          placed(
            { segment: 'B4.act.1', minutes: 5 },
            'B4.act.2',
            { segment: 'B4.act.3', minutes: 20, practice: true },
            'B4.act.4',
          ),
        ),
        section('questions', placed('B4.q.1', { segment: 'B4.q.1.a', right: true }, 'B4.q.1.b')),
        section('safeguarding', placed('B4.local')),
      ],
    },
    {
      id: 'C3',
      fields: { ...fields, band: 'C', ages: [13, 15] },
      sections: [
        section('head', placed('C3.title')),
        section('messages', placed('CPS-03')),
        section('steps', placed({ segment: 'C3.act.1', minutes: 15 })),
      ],
    },
  ],
  segments: Object.fromEntries(segments.map((segment) => [segment.id, segment])),
  facts: Object.fromEntries(facts.map((fact) => [fact.key, fact])),
  evidence: {},
};

function setOf(id: string, severity: Severity, title: string, reason: string, changes: readonly Change[]): ChangeSet {
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

const edit = (before: LessonPackage, segment: string, after: string): Change => ({
  kind: 'segmentEdited',
  segment,
  before: before.segments[segment]?.text ?? '',
  after,
});

function next(
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

/** The three releases, oldest first. */
export function sampleReleases(): readonly SampleRelease[] {
  const start: SampleRelease = {
    release: releaseOf(
      '1.0.0',
      null,
      '2026-01-12',
      setOf('first-package', 'content', 'The first package', 'It begins.', []),
      first,
    ),
    lessonPackage: first,
    revisions: Object.values(first.segments).map((segment) => ({
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
    edit(first, 'B4.act.2', 'Read the story of Sam aloud. Give the class 5 minutes to talk in pairs, and walk around.'),
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
    basedOn: textHash(first.segments[segment]?.text ?? ''),
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
