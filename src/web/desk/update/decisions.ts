import { decideItem, decideItems } from '../../../commands/update/decideItem.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { BulkAnswer } from '../../../domain/update/decide.ts';
import { decisionKinds } from '../../../domain/update/update.ts';
import { httpCode } from '../../middleware/errorCodes.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { choiceField, listField, revisionField, textField } from '../fields.ts';
import { goalOf, pageOf } from './goal.ts';
import { showUpdate } from './showUpdate.ts';

/** Back to the list: the next open item opens by itself. What cannot be kept comes back as it was typed. */
export async function decideOne(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const key = textField(form, 'key');
  const kind = choiceField(form, 'kind', [...decisionKinds, 'undo'] as const);
  if (kind === null) throw new DomainError('formMalformed', { field: 'kind' });
  const reason = textField(form, 'reason').trim() || textField(form, 'reasonKind').trim();
  const text = textField(form, 'text').replaceAll('\r\n', '\n');
  const answer = kind === 'undo' ? null : { kind, text, reason };
  const unitRevision = revisionField(form, 'unitRevision');
  const goal = goalOf(context);
  const seen = form.seen === undefined ? {} : { seen: textField(form, 'seen') };
  try {
    await decideItem(world, actor, { ...goal, edition: edition.tag, key, answer, unitRevision, ...seen });
  } catch (error) {
    if (!(error instanceof DomainError) || httpCode(error.code) !== 422) throw error;
    const refused = { key, text, reason, message: t(`errors:${error.code}`, error.data) };
    return showUpdate(context, { code: 422, refused, notTaken: [] });
  }
  const more: Readonly<Record<string, string>> = kind === 'undo' ? { item: key } : { after: key };
  return {
    kind: 'redirect',
    to: `${pageOf(edition.tag, goal, more)}#open`,
    said: { key: 'update:said.decided', values: { key, decision: t(`update:said.${kind}`) } },
  };
}

/** Many items with one answer. `allConfirm`: every line of the group; else the ticked ones. */
export async function decideMany(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const kind = choiceField(form, 'answer', ['confirm', 'redo', 'allConfirm'] as const);
  if (kind === null) throw new DomainError('formMalformed', { field: 'answer' });
  const ticks = kind === 'allConfirm' ? textField(form, 'all').split(' ').filter(Boolean) : listField(form, 'pick');
  const answers = ticks.map((tick) => answerOf(tick, kind === 'redo' ? 'redo' : 'confirm', form));
  const goal = goalOf(context);
  const { notTaken } = await decideItems(world, actor, { ...goal, edition: edition.tag, answers });
  if (notTaken.length > 0) {
    const told = notTaken.map(({ key, code }) => ({ key, message: t(`update:notTaken.${whyOf(code)}`) }));
    const code = notTaken.some((each) => each.code === 'staleRevision') ? 409 : 422;
    return showUpdate(context, { code, refused: null, notTaken: told });
  }
  return {
    kind: 'redirect',
    to: `${pageOf(edition.tag, goal)}#open`,
    said: { key: 'update:said.many', values: { count: answers.length } },
  };
}

const whyOf = (code: string): string =>
  code === 'staleRevision'
    ? 'written'
    : code === 'decisionNotOffered'
      ? 'alone'
      : code === 'updateUnknown'
        ? 'gone'
        : 'text';

function answerOf(tick: string, kind: 'confirm' | 'redo', form: EditionContext['form']): BulkAnswer {
  const [key = '', revision = '', seen = ''] = tick.split('|');
  if (!/^\d{1,9}$/.test(revision)) throw new DomainError('formMalformed', { field: 'pick' });
  const text = textField(form, `text-${key}`).replaceAll('\r\n', '\n');
  return { key, answer: kind === 'redo' ? { kind, text } : { kind }, unitRevision: Number(revision), seen };
}
