import type { Store } from '../../../commands/ports.ts';
import {
  type NearbyChange,
  type Nearness,
  type Reoffer,
  reofferOf,
  reofferOfOverride,
} from '../../../domain/edition/ledger.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import type { Desk } from '../today/loadDesk.ts';
import { addedRuns, markedRuns, type TextRun } from '../workbench/textRuns.ts';
import { entryKey, overrideKeyOf } from './differences.ts';

/** A text near a difference that means something else now. */
export type ShownChange = {
  readonly segment: string;
  readonly near: Nearness;
  readonly severity: NearbyChange['severity'];
  readonly runs: readonly TextRun[];
  /** The reasons of the change sets that brought it. */
  readonly reasons: readonly { readonly reason: string; readonly release: string }[];
};

export type ShownReoffer = {
  readonly key: string;
  readonly near: Nearness;
  readonly baseMoved: boolean;
  readonly changes: readonly ShownChange[];
  /** Changes that are not shown: only the nearest are. */
  readonly more: number;
};

const changesShown = 3;

/** The differences to look at again by their keys. */
export function reoffersOf(desk: Desk): ReadonlyMap<string, Reoffer> {
  const { lessonPackage, history, edition, ledger, overrides = [] } = desk.working;
  const around = { lessonPackage, history, upstream: edition.upstream.release };
  const found = new Map<string, Reoffer>();
  for (const entry of ledger.values()) {
    const reoffer = reofferOf(around, entry);
    if (reoffer !== null) found.set(entryKey(entry.segment), reoffer);
  }
  for (const override of overrides) {
    const reoffer = reofferOfOverride(around, override);
    if (reoffer !== null) found.set(overrideKeyOf(override), reoffer);
  }
  return found;
}

/** What changed, with marks: the earlier text stands in the package of the release that brought it. */
export async function shownReoffer(
  store: Pick<Store, 'releases'>,
  desk: Desk,
  key: string,
  { near, changes, baseMoved }: Reoffer,
): Promise<ShownReoffer> {
  const nearest = changes.filter((change) => change.near === near).slice(0, changesShown);
  const shown: ShownChange[] = [];
  for (const change of nearest) {
    const { segment, severity } = change;
    const now = desk.working.lessonPackage.segments[segment]?.text ?? '';
    const before = await textBefore(store, change);
    const runs = before === null ? addedRuns(now) : markedRuns(before, now, baselineLanguage);
    shown.push({ segment, near, severity, runs, reasons: reasonsOf(desk, change) });
  }
  return { key, near, baseMoved, changes: shown, more: changes.length - shown.length };
}

async function textBefore(store: Pick<Store, 'releases'>, { segment, before }: NearbyChange): Promise<string | null> {
  if (before === null) return null;
  const text = (await store.releases.lessonPackage(before.release)).segments[segment]?.text;
  return text !== undefined && textHash(text) === before.textHash ? text : null;
}

function reasonsOf(desk: Desk, { sets }: NearbyChange): ShownChange['reasons'] {
  return desk.releases.flatMap((release) =>
    release.sets.filter((set) => sets.includes(set.id)).map(({ reason }) => ({ reason, release: release.number })),
  );
}
