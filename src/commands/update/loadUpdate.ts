import type { Edition } from '../../domain/edition/edition.ts';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import type { ChangeSetId, ReleaseNumber } from '../../domain/release/release.ts';
import { type OurSide, planUpdate } from '../../domain/update/planUpdate.ts';
import type { Update, UpdatePlan } from '../../domain/update/update.ts';
import type { Store } from '../ports.ts';
import { type Goal, loadDelta } from './loadDelta.ts';
import { loadOurSide, type UpdateAids } from './loadOurSide.ts';

export { loadDelta } from './loadDelta.ts';
export { loadOurSide } from './loadOurSide.ts';

export type OpenUpdate = {
  readonly plan: UpdatePlan;
  readonly ours: OurSide;
  /** The stored draft, retargeted; `revision` 0 when nothing has been decided yet. */
  readonly update: Update;
};

/** `set`: that change set alone, ahead of the rest. `target`: a release, the newest one by default. */
export type UpdateGoal = { readonly target?: ReleaseNumber; readonly set?: ChangeSetId };

/**
 * The update that waits for an edition, computed as its units are now; null when it stands on the newest release. A
 * draft that was begun for an earlier release, or for a whole release, is retargeted and keeps the decisions that still
 * answer the same meaning. `aids`: a memory that suggests texts for new segments; the glossary is the edition's own.
 * Throws what `loadDelta` throws.
 */
export async function openUpdate(
  store: Store,
  edition: Edition,
  now: string,
  { target, set }: UpdateGoal = {},
  aids: UpdateAids = {},
): Promise<OpenUpdate | null> {
  const goal = await goalOf(store, edition, target, set);
  if (goal === null) return null;
  const delta = await loadDelta(store, edition, goal);
  const terms = aids.terms ?? (await store.glossary.ofLanguage(edition.language));
  const [ours, draft] = await Promise.all([
    loadOurSide(store, edition, delta, { ...aids, terms }),
    store.updates.draft(edition.tag),
  ]);
  const plan = planUpdate(delta, ours);
  const about = { base: plan.base, target: plan.target, ...(set === undefined ? {} : { set }) };
  const { set: _set, ...begun } = draft ?? freshDraft(edition, now);
  return { plan, ours, update: { ...begun, ...about } };
}

async function goalOf(
  store: Store,
  edition: Edition,
  target: ReleaseNumber | undefined,
  set: ChangeSetId | undefined,
): Promise<Goal | null> {
  if (set !== undefined) return { kind: 'set', set };
  const release = target ?? (await store.releases.newest())?.number;
  if (release === undefined || compareNumbers(release, edition.upstream.release) <= 0) return null;
  return { kind: 'release', release };
}

const freshDraft = (edition: Edition, now: string): Update => ({
  id: '',
  edition: edition.tag,
  base: edition.upstream.release,
  target: edition.upstream.release,
  state: 'draft',
  decisions: {},
  log: [],
  before: null,
  startedBy: '',
  updatedAt: now,
  appliedAt: null,
  revision: 0,
});

/** A draft that is written for the first time gets its id and the person who began it. */
export const begunBy = (update: Update, person: string, newId: () => string): Update =>
  update.revision === 0 ? { ...update, id: newId(), startedBy: person } : update;
