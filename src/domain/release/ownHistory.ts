import type { SegmentId } from '../package/lessonPackage.ts';
import type { Day } from '../time.ts';
import { textHash } from './canonical.ts';
import { type History, highestSeverity, meaningOf } from './meaning.ts';
import type { ChangeSet, ChangeSetId, Release, SegmentRevision, Severity } from './release.ts';
import { severities } from './release.ts';

type Raising = Readonly<Record<ChangeSetId, { readonly severity: Severity; readonly due: Day | null }>>;

const rank = (severity: Severity | null): number => (severity === null ? -1 : severities.indexOf(severity));

/**
 * The history as one edition reads it: sets that the partner raised weigh what the partner says, and an editorial
 * change that was raised opens a meaning of its own. A severity is never lowered.
 */
export function raiseHistory(history: History, releases: readonly Release[], raised: Raising): History {
  const changed: Record<SegmentId, readonly SegmentRevision[]> = {};
  for (const release of releases) {
    for (const set of release.sets) {
      const raising = Object.hasOwn(raised, set.id) ? raised[set.id] : undefined;
      if (raising === undefined || rank(raising.severity) <= rank(set.severity)) continue;
      for (const segment of textsOf(set).keys()) {
        const revisions = changed[segment] ?? history[segment] ?? [];
        changed[segment] = revisions.map((revision) =>
          revision.release === release.number ? raise(revision, set.id, raising) : revision,
        );
      }
    }
  }
  for (const [segment, revisions] of Object.entries(changed)) changed[segment] = withMeanings(revisions);
  return Object.keys(changed).length === 0 ? history : { ...history, ...changed };
}

function raise(revision: SegmentRevision, set: ChangeSetId, to: Raising[string]): SegmentRevision {
  const due = [revision.due, to.due].filter((day) => day !== null).sort()[0] ?? null;
  // The first text of a segment has no severity: nobody could have had an older one.
  if (revision.severity === null || rank(to.severity) <= rank(revision.severity)) return { ...revision, due };
  return { ...revision, severity: to.severity, changeSet: set, due };
}

/** The meanings as a release gives them, from the severities as they are now. */
function withMeanings(revisions: readonly SegmentRevision[]): readonly SegmentRevision[] {
  const done: SegmentRevision[] = [];
  for (const revision of revisions) {
    const { textHash: hash, severity } = revision;
    const before = done.at(-1);
    const returns = done.some((past) => past.textHash === hash);
    const meaning = returns
      ? meaningOf(done, hash)
      : before !== undefined && severity === 'editorial'
        ? meaningOf(done, before.textHash)
        : before === undefined
          ? revision.meaning
          : hash;
    done.push({ ...revision, meaning });
  }
  return done;
}

/**
 * The history with the texts that no release ever had: two sets of one release edited a segment, and the edition took
 * only the first of them ahead. Without them such a text would be taken for one of unknown meaning.
 */
export function historyWithAhead(
  history: History,
  releases: readonly Release[],
  ahead: readonly ChangeSetId[],
  raised: Raising = {},
): History {
  const changed: Record<SegmentId, readonly SegmentRevision[]> = {};
  for (const release of releases) {
    const taken = release.sets.filter((set) => ahead.includes(set.id));
    if (taken.length === 0) continue;
    for (const segment of new Set(taken.flatMap((set) => [...textsOf(set).keys()]))) {
      const revisions = changed[segment] ?? history[segment] ?? [];
      const between = textsBetween(segment, release, revisions, raised);
      if (between.length === 0) continue;
      const own = revisions.findIndex((revision) => revision.release === release.number);
      const newer = revisions.findIndex((revision) => !known(releases, release, revision));
      const at = own >= 0 ? own : newer >= 0 ? newer : revisions.length;
      changed[segment] = [...revisions.slice(0, at), ...between, ...revisions.slice(at)];
    }
  }
  return Object.keys(changed).length === 0 ? history : { ...history, ...changed };
}

/** Whether a revision came with this release or an earlier one; releases come oldest first. */
function known(releases: readonly Release[], release: Release, revision: SegmentRevision): boolean {
  const at = (number: string) => releases.findIndex((each) => each.number === number);
  return at(revision.release) <= at(release.number);
}

function textsBetween(
  segment: SegmentId,
  release: Release,
  revisions: readonly SegmentRevision[],
  raised: Raising,
): readonly SegmentRevision[] {
  const touching = release.sets.filter((set) => textsOf(set).has(segment));
  const final = revisions.find((revision) => revision.release === release.number);
  const severityOf = (set: ChangeSet): Severity =>
    highestSeverity([
      set.severity,
      ...(Object.hasOwn(raised, set.id) ? [raised[set.id]?.severity ?? 'editorial'] : []),
    ]);
  const dueOf = (set: ChangeSet): Day | null => set.due ?? raised[set.id]?.due ?? null;
  return touching.slice(0, -1).flatMap((_, index): SegmentRevision[] => {
    const hash = textHash(textsOf(touching[index] as ChangeSet).get(segment) ?? '');
    if (revisions.some((revision) => revision.textHash === hash)) return [];
    const [done, rest] = [touching.slice(0, index + 1), touching.slice(index + 1)];
    const severity = highestSeverity(done.map(severityOf));
    const before = revisions.findLast((revision) => revision.release !== release.number && final !== revision);
    const meaning =
      final !== undefined && rest.every((set) => severityOf(set) === 'editorial')
        ? final.meaning
        : severity === 'editorial' && before !== undefined
          ? before.meaning
          : hash;
    const changeSet = done.findLast((set) => severityOf(set) === severity)?.id ?? null;
    const due =
      done
        .map(dueOf)
        .filter((day) => day !== null)
        .sort()[0] ?? null;
    return [{ segment, release: release.number, on: release.on, textHash: hash, meaning, severity, changeSet, due }];
  });
}

/** The last text that a set gives each segment. */
function textsOf(set: ChangeSet): ReadonlyMap<SegmentId, string> {
  const texts = new Map<SegmentId, string>();
  for (const change of set.changes) {
    if (change.kind === 'segmentAdded') texts.set(change.segment.id, change.segment.text);
    if (change.kind === 'segmentEdited') texts.set(change.segment, change.after);
  }
  return texts;
}
