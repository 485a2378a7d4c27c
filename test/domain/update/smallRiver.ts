import type { Edition, LedgerEntry, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { LessonPackage, Policy, Segment } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges } from '../../../src/domain/release/applyChange.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { extendHistory, type History, highestSeverity, revisionsOf } from '../../../src/domain/release/meaning.ts';
import type { Change, ChangeSet, Release, Severity } from '../../../src/domain/release/release.ts';
import { packageDelta } from '../../../src/domain/update/packageDelta.ts';
import { type OurSide, planUpdate } from '../../../src/domain/update/planUpdate.ts';
import type { Update, UpdatePlan } from '../../../src/domain/update/update.ts';

/** A river small enough to see whole: one lesson of paragraphs, releases that edit them, one edition. */
export type River = {
  readonly packages: ReadonlyMap<string, LessonPackage>;
  readonly history: History;
  readonly newest: string;
  readonly releases: readonly Release[];
};

export const segmentOf = (id: string, text: string, policy: Policy = 'adaptable'): Segment => ({
  id,
  kind: 'paragraph',
  policy,
  text,
});

export function smallPackage(segments: readonly Segment[]): LessonPackage {
  return {
    lessons: [
      {
        id: 'L1',
        fields: {
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
        },
        sections: [{ id: 'steps', kind: 'steps', placements: segments.map((segment) => ({ segment: segment.id })) }],
      },
    ],
    segments: Object.fromEntries(segments.map((segment) => [segment.id, segment])),
    facts: {},
    evidence: {},
  };
}

const setOf = (id: string, number: string, severity: Severity, changes: readonly Change[]): ChangeSet => ({
  id,
  title: number,
  severity,
  reason: 'because',
  evidence: [],
  summary: 'what changed',
  due: severity === 'safety' ? '2026-12-01' : null,
  changes,
  clearedVariants: [],
  state: 'released',
  base: null,
  release: number,
  author: 'ada',
  approvedBy: 'bo',
  revision: 1,
  updatedAt: '2026-01-01T00:00:00.000Z',
});

const releaseDay = '2026-01-01';

export function spring(segments: readonly Segment[]): River {
  const lessonPackage = smallPackage(segments);
  const history: History = Object.fromEntries(
    segments.map((segment) => [
      segment.id,
      [
        {
          segment: segment.id,
          release: '1.0.0',
          on: releaseDay,
          textHash: textHash(segment.text),
          meaning: textHash(segment.text),
          severity: null,
          changeSet: null,
          due: null,
        },
      ],
    ]),
  );
  return {
    packages: new Map([['1.0.0', lessonPackage]]),
    history,
    newest: '1.0.0',
    releases: [releaseOf('1.0.0', null, [])],
  };
}

const releaseOf = (number: string, previous: string | null, sets: readonly ChangeSet[]): Release => ({
  ...{ number, previous, on: releaseDay, sets, summary: 'what changed', root: number, demonstration: false },
  severity: highestSeverity(sets.map((set) => set.severity)),
});

/** The next release, with one set: `set-1.1.0`. */
export function flow(river: River, severity: Severity, changes: readonly Change[]): River {
  return flowSets(river, [{ severity, changes }]);
}

export type WantedSet = { readonly id?: string; readonly severity: Severity; readonly changes: readonly Change[] };

/** The next release, with its sets in order. */
export function flowSets(river: River, wanted: readonly WantedSet[]): River {
  const before = river.packages.get(river.newest);
  if (before === undefined) throw new Error('no newest package');
  const [major = '1', minor = '0'] = river.newest.split('.');
  const number = `${major}.${Number(minor) + 1}.0`;
  const sets = wanted.map(({ id, severity, changes }, index) =>
    setOf(id ?? `set-${number}${index === 0 ? '' : `-${index}`}`, number, severity, changes),
  );
  const revisions = revisionsOf(before, sets, { number, on: releaseDay }, river.history);
  const changes = sets.flatMap((set) => set.changes);
  return {
    packages: new Map([...river.packages, [number, applyChanges(before, changes)]]),
    history: extendHistory(river.history, revisions),
    newest: number,
    releases: [...river.releases, releaseOf(number, river.newest, sets)],
  };
}

export const edit = (river: River, id: string, after: string): Change => {
  const before = river.packages.get(river.newest)?.segments[id]?.text;
  if (before === undefined) throw new Error(`no segment ${id}`);
  return { kind: 'segmentEdited', segment: id, before, after };
};

export const now = '2026-06-01T10:00:00.000Z';

export function unitOf(river: River, id: string, target: string, more: Partial<TranslationUnit> = {}): TranslationUnit {
  const source = river.packages.get(river.newest)?.segments[id]?.text ?? '';
  return {
    edition: 'tr-TR',
    segment: id,
    target,
    state: 'reviewed',
    basedOn: textHash(source),
    adapted: false,
    backTranslation: null,
    by: 'elif',
    reviewedBy: 'murat',
    at: now,
    origin: 'person',
    revision: 1,
    ...more,
  };
}

export function editionAt(release: string, language = 'tr'): Edition {
  return {
    tag: `${language}-TR`,
    partner: 'tr-partner',
    language,
    country: 'TR',
    demonstration: false,
    upstream: { release, ahead: [] },
    lessons: { L1: { state: 'offered' } },
    exitUrl: 'https://example.org/',
    publication: null,
    withdrawn: null,
    revision: 1,
  };
}

export function sideOf(
  river: River,
  edition: Edition,
  units: readonly TranslationUnit[],
  ledger: readonly LedgerEntry[] = [],
): OurSide {
  return {
    edition,
    units: new Map(units.map((unit) => [unit.segment, unit])),
    ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
    history: river.history,
    filledFacts: new Set(),
  };
}

export function planOf(river: River, ours: OurSide, target = river.newest): UpdatePlan {
  const base = ours.edition.upstream.release;
  const from = river.packages.get(base);
  const to = river.packages.get(target);
  if (from === undefined || to === undefined) throw new Error('unknown release');
  return planUpdate(
    packageDelta({ number: base, lessonPackage: from }, { number: target, lessonPackage: to }, river.history),
    ours,
  );
}

export const draftOf = (plan: UpdatePlan): Update => ({
  id: 'update',
  edition: 'tr-TR',
  base: plan.base,
  target: plan.target,
  state: 'draft',
  decisions: {},
  log: [],
  before: null,
  startedBy: 'elif',
  updatedAt: now,
  appliedAt: null,
  revision: 1,
});
