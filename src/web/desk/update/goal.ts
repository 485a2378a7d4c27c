import type { UpdateGoal } from '../../../commands/update/loadUpdate.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext } from '../../route.ts';
import { textField } from '../fields.ts';

/** Where a page or a form wants the update to lead: the newest release, another one, or one change set alone. */
export function goalOf({ query, form }: Pick<EditionContext, 'query' | 'form'>): UpdateGoal {
  const set = textField(form, 'set') || (query.set ?? '');
  const target = textField(form, 'target') || (query.target ?? '');
  if (set !== '') return { set };
  if (target === '') return {};
  if (!/^\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(target)) throw new DomainError('releaseUnknown', { release: target });
  return { target };
}

/** The update page with its goal kept. */
export function pageOf(tag: string, goal: UpdateGoal, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...goal, ...more }).toString();
  return `${paths.update.to(tag)}${query === '' ? '' : `?${query}`}`;
}
