import type { RecallDeliveries } from '../../../commands/recall/recallDelivery.ts';
import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';
import type { Recall } from '../../../domain/recall/recall.ts';
import { paths } from '../../paths.ts';

export const recallStates = ['waiting', 'inForce', 'lifted'] as const;
export type RecallState = (typeof recallStates)[number];

export type RecallRow = {
  readonly id: string;
  readonly kind: Recall['target']['kind'];
  readonly target: string;
  readonly state: RecallState;
  readonly reason: string;
  readonly instead: string;
  readonly orderedBy: string;
  readonly orderedAt: string;
  readonly secondedBy: string;
  readonly since: string | null;
  readonly liftedBy: string;
  readonly liftedAt: string | null;
  /** Published editions that do not show it, or its end, to readers yet. */
  readonly late: readonly string[];
  /** In force, and every edition shows it. */
  readonly delivered: boolean;
  /** Mails about it that are not sent yet. */
  readonly mails: number;
  readonly revision: number;
  readonly may: { readonly second: boolean; readonly lift: boolean };
  /** Who could be the second person; empty where this one can, or nobody is needed. */
  readonly seconds: readonly string[];
  readonly hrefs: { readonly second: string; readonly lift: string };
};

export const recallState = (recall: Recall): RecallState =>
  recall.liftedAt !== null ? 'lifted' : recall.inForceSince === null ? 'waiting' : 'inForce';

const targetOf = ({ target }: Recall): string => (target.kind === 'lesson' ? target.lesson : target.segment);

/** What waits first, then what is in force, then what is over; the newest first in each. */
export function recallRows(
  recalls: readonly Recall[],
  actor: Actor,
  names: ReadonlyMap<string, string>,
  secondsBut: (person: string) => readonly string[],
  deliveries: RecallDeliveries,
): readonly RecallRow[] {
  const me = actor.kind === 'person' ? actor.person.id : '';
  const name = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''));
  const order = (recall: Recall) => recallStates.indexOf(recallState(recall));
  return [...recalls]
    .sort((one, other) => order(one) - order(other) || other.orderedAt.localeCompare(one.orderedAt))
    .map((recall) => {
      const state = recallState(recall);
      const { editions: late, mails } = deliveries.of(recall);
      const second = state === 'waiting' && recall.orderedBy !== me && can(actor, 'recall:second');
      return {
        id: recall.id,
        kind: recall.target.kind,
        target: targetOf(recall),
        state,
        reason: recall.reason,
        instead: recall.instead,
        orderedBy: name(recall.orderedBy),
        orderedAt: recall.orderedAt,
        secondedBy: name(recall.secondedBy),
        since: recall.inForceSince,
        liftedBy: name(recall.liftedBy),
        liftedAt: recall.liftedAt,
        late,
        delivered: state === 'inForce' && late.length === 0,
        mails,
        revision: recall.revision,
        may: { second, lift: state !== 'lifted' && can(actor, 'recall:order') },
        seconds: state === 'waiting' && !second ? secondsBut(recall.orderedBy) : [],
        hrefs: { second: paths.recallSecond.to(recall.id), lift: paths.recallLift.to(recall.id) },
      };
    });
}

/** What was written, as the target of an order: a lesson's code, else a segment's id. */
export function targetIn(lessonPackage: LessonPackage | null, written: string): Recall['target'] {
  const isLesson = lessonPackage?.lessons.some((lesson) => lesson.id === written) ?? false;
  return isLesson ? { kind: 'lesson', lesson: written } : { kind: 'segment', segment: written };
}
