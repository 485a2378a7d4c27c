import type { DomainEvent } from '../../../domain/notification/notification.ts';
import type { Translate } from '../../route.ts';

export type EventLine = { readonly text: string; readonly at: string };

/** Names of actions that have words of their own; the rest is told as a change of its subject. */
const told = new Set([
  'unit/save',
  'unit/confirm',
  'unit/backTranslate',
  'unit/review',
  'unit/undo',
  'unit/keepSaved',
  'comment/write',
  'comment/close',
  'lesson/choose',
  'unit/reviewMany',
  'lesson/assign',
  'assignment/change',
  'assignment/drop',
  'edition/pace',
  'fact/propose',
  'fact/confirm',
  'fact/suspend',
  'edition/fork',
  'edition/publish',
  'edition/withdraw',
  'update/decide',
  'update/apply',
  'update/undo',
]);

/** What happened, in one line each; the product's own notices of the same moment are left out. */
export function eventLines(
  t: Translate,
  events: readonly DomainEvent[],
  names: ReadonlyMap<string, string>,
): readonly EventLine[] {
  return events
    .filter((event) => event.by !== null && event.kind === 'audit')
    .map((event) => {
      const name = names.get(event.by ?? '') ?? t('edition:somebody');
      const subject = subjectOf(event.subject);
      const key = told.has(event.action) ? event.action.replace('/', '_') : 'other';
      return { text: t(`edition:events.${key}`, { name, subject }), at: event.at };
    });
}

/** `edition/tr-TR/units/CPS-03/review` is about CPS-03. */
function subjectOf(path: string): string {
  const parts = path.split('/');
  return parts[3] ?? parts[1] ?? '';
}
