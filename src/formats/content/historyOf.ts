import { diffPackages } from '../../domain/diff/diffReleases.ts';
import { emptyPackage, type LessonPackage } from '../../domain/package/lessonPackage.ts';
import { applyChanges, reverseChanges } from '../../domain/release/applyChange.ts';
import { extendHistory, type History, revisionsOf } from '../../domain/release/meaning.ts';
import { packageRoot } from '../../domain/release/merkle.ts';
import type { ChangeSet, Release, SegmentRevision } from '../../domain/release/release.ts';
import { malformed } from './malformed.ts';
import { carried, type ReleaseRecord } from './readReleases.ts';

export type HistoricRelease = {
  readonly release: Release;
  readonly lessonPackage: LessonPackage;
  /** What this release adds to the history of its segments. */
  readonly revisions: readonly SegmentRevision[];
};

/**
 * How the baseline came to be. Only its newest state is kept as files: the older ones are computed backwards by taking
 * the change sets back, then forwards again, which has to end at the same tree. Oldest first.
 */
export function historyOf(baseline: LessonPackage, records: readonly ReleaseRecord[]): readonly HistoricRelease[] {
  let current = baseline;
  for (const record of records.toReversed()) {
    if (record.sets.length === 0) break;
    current = applyChanges(current, reverseChanges(record.sets.flatMap((set) => set.changes)));
  }
  const first = records[0];
  let before = first === undefined || first.sets.length === 0 ? emptyPackage : current;
  if (first !== undefined && first.sets.length > 0 && packageRoot(before) !== packageRoot(emptyPackage)) {
    throw malformed(
      `${first.number}/changes.yaml`,
      1,
      'the first release does not bring everything: say initial: true',
    );
  }
  let history: History = {};
  const releases = records.map((record): HistoricRelease => {
    const sets = record.sets.length > 0 ? record.sets : [initialSet(record, current)];
    const revisions = revisionsOf(before, sets, record, history);
    const lessonPackage = applyChanges(
      before,
      sets.flatMap((set) => set.changes),
    );
    history = extendHistory(history, revisions);
    before = lessonPackage;
    return { release: { ...record, sets, root: packageRoot(lessonPackage) }, lessonPackage, revisions };
  });
  const last = releases.at(-1);
  if (last !== undefined && last.release.root !== packageRoot(baseline)) {
    throw malformed(`${last.release.number}/changes.yaml`, 1, 'the releases do not lead to the baseline');
  }
  return releases;
}

/** The change set of a first release: everything is added. */
function initialSet(record: ReleaseRecord, lessonPackage: LessonPackage): ChangeSet {
  return {
    id: `initial-${record.number.replaceAll('.', '-')}`,
    title: record.summary,
    severity: record.severity,
    reason: record.summary,
    evidence: [],
    summary: record.summary,
    due: null,
    changes: diffPackages(emptyPackage, lessonPackage),
    clearedVariants: [],
    author: '',
    approvedBy: null,
    ...carried(record.number, record.on),
  };
}
