import type { Store } from '../../../commands/ports.ts';
import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import type { Thread } from '../../../domain/comment/comment.ts';
import type { Recall } from '../../../domain/recall/recall.ts';
import type { ChangeSet } from '../../../domain/release/release.ts';
import type { PersonContext } from '../../route.ts';
import { openQuestions } from '../comments/openQuestions.ts';
import { type Frame, frameFor, type Place, type PlaceCounts } from '../frame.ts';

/** What the baseline waits for, as far as this person can do something about it. */
export type AuthorityWaiting = {
  /** Submitted by others. */
  readonly approvals: readonly ChangeSet[];
  /** Approved, for a chief editor to release. */
  readonly releasable: readonly ChangeSet[];
  /** Ordered by others, without a second person. */
  readonly seconds: readonly Recall[];
  /** Questions of editions that nobody of the authority has answered. */
  readonly questions: readonly Thread[];
  /** Drafts of this person. */
  readonly drafts: readonly ChangeSet[];
};

export async function authorityWaiting(store: Store, actor: Actor): Promise<AuthorityWaiting> {
  const me = actor.kind === 'person' ? actor.person.id : '';
  const nothing = { approvals: [], releasable: [], seconds: [], questions: [], drafts: [] };
  if (!can(actor, 'changeSet:write')) return nothing;
  const [open, recalls, { waiting }] = await Promise.all([
    store.changeSets.open(),
    store.recalls.all(),
    openQuestions(store),
  ]);
  const inState = (state: ChangeSet['state']) => open.filter((set) => set.state === state);
  const unseconded = recalls.filter((recall) => recall.secondedBy === null && recall.liftedAt === null);
  return {
    approvals: can(actor, 'changeSet:approve') ? inState('submitted').filter((set) => set.author !== me) : [],
    releasable: can(actor, 'release:make') ? inState('approved') : [],
    seconds: can(actor, 'recall:second') ? unseconded.filter((recall) => recall.orderedBy !== me) : [],
    questions: waiting,
    drafts: inState('draft').filter((set) => set.author === me),
  };
}

/** The numbers beside the places of the masthead: what waits for this person. */
export function waitingCounts({ approvals, releasable, seconds, questions }: AuthorityWaiting): PlaceCounts {
  const safety = (sets: readonly ChangeSet[]) => sets.some((set) => set.severity === 'safety');
  return {
    changeSets: { count: approvals.length, safety: safety(approvals) },
    releases: { count: releasable.length, safety: safety(releasable) },
    questions: { count: questions.length },
    recalls: { count: seconds.length, safety: seconds.length > 0 },
  };
}

/** The frame of a page of the baseline, with what waits. */
export async function baselineFrame(context: PersonContext, place: Place): Promise<Frame> {
  const waiting = await authorityWaiting(context.world.store, context.actor);
  return frameFor(context, place, waitingCounts(waiting));
}
