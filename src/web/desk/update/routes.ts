import { suggester } from '../../../commands/memory/suggester.ts';
import { applyEditionUpdate } from '../../../commands/update/applyEditionUpdate.ts';
import { decideItem } from '../../../commands/update/decideItem.ts';
import { openUpdate } from '../../../commands/update/loadUpdate.ts';
import { undoEditionUpdate } from '../../../commands/update/undoEditionUpdate.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError } from '../../../domain/errors.ts';
import { decisionKinds } from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { choiceField, textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { appliedNote, namesFor, updatePage } from './updatePage.ts';

/** A whole number at the door; anything else is a form that was tampered with. */
export function revisionField(form: EditionContext['form'], name: string): number {
  const value = textField(form, name);
  if (!/^\d{1,9}$/.test(value)) throw new DomainError('formMalformed', { field: name });
  return Number(value);
}

async function show(context: EditionContext): Promise<Reply> {
  const { world, edition, actor, t } = context;
  const { store } = world;
  const [open, releases, names, applied] = await Promise.all([
    openUpdate(store, edition, context.now, {}, { memory: () => suggester(store, edition, context.now) }),
    store.releases.all(),
    namesFor(context),
    store.updates.applied(edition.tag),
  ]);
  const may = {
    decide: can(actor, 'update:decide', { partner: edition.partner }),
    apply: can(actor, 'update:apply', { partner: edition.partner }),
  };
  const note = applied?.state === 'applied' ? appliedNote(applied, names) : null;
  if (open === null) {
    const title = t('update:current', { edition: edition.tag, release: edition.upstream.release });
    const frame = await frameFor(context, 'update');
    const data = {
      title,
      frame,
      applied: note,
      may,
      revision: edition.revision,
      undo: paths.updateUndo.to(edition.tag),
    };
    return { kind: 'page', view: 'desk/update/current', data };
  }
  const page = updatePage(context, open, releases, names);
  const title = t('update:headline', { base: page.base, target: page.target });
  const safety = open.plan.counts.safety > 0;
  const frame = await frameFor(context, 'update', { update: { count: page.open, safety } });
  return {
    kind: 'page',
    view: 'desk/update/update',
    data: { title, frame, may, applied: note, reasonKinds: reasonKinds(t), sheets: ['update.css'], ...page },
  };
}

/** The reasons that need no words of one's own; what is stored is the text that was chosen. */
const reasonKinds = (t: EditionContext['t']) =>
  ['law', 'untrue', 'covered', 'long'].map((kind) => ({ label: t(`update:reasons.${kind}`) }));

/** Back to the list: the next open item opens by itself. */
async function decide({ world, actor, edition, form, t }: EditionContext): Promise<Reply> {
  const key = textField(form, 'key');
  const kind = choiceField(form, 'kind', [...decisionKinds, 'undo'] as const);
  if (kind === null) throw new DomainError('formMalformed', { field: 'kind' });
  const reason = textField(form, 'reason').trim() || textField(form, 'reasonKind').trim();
  const answer = kind === 'undo' ? null : { kind, text: textField(form, 'text').replaceAll('\r\n', '\n'), reason };
  const unitRevision = revisionField(form, 'unitRevision');
  const seen = form.seen === undefined ? {} : { seen: textField(form, 'seen') };
  await decideItem(world, actor, { edition: edition.tag, key, answer, unitRevision, ...seen });
  const to =
    kind === 'undo' ? `${paths.update.to(edition.tag)}?item=${encodeURIComponent(key)}` : paths.update.to(edition.tag);
  return {
    kind: 'redirect',
    to,
    said: { key: 'update:said.decided', values: { key, decision: t(`update:said.${kind}`) } },
  };
}

async function apply({ world, actor, edition, form }: EditionContext): Promise<Reply> {
  const revision = revisionField(form, 'revision');
  const { update, returned } = await applyEditionUpdate(world, actor, { edition: edition.tag, revision });
  const values = { target: update.target, count: returned.length };
  const key = returned.length === 0 ? 'update:said.applied' : 'update:said.appliedReturned';
  return { kind: 'redirect', to: paths.update.to(edition.tag), said: { key, values } };
}

async function undo({ world, actor, edition, form }: EditionContext): Promise<Reply> {
  const revision = revisionField(form, 'revision');
  const kept = await undoEditionUpdate(world, actor, { edition: edition.tag, revision });
  const key = kept.length === 0 ? 'update:said.undone' : 'update:said.undoneKept';
  return {
    kind: 'redirect',
    to: paths.update.to(edition.tag),
    said: { key, values: { count: kept.length, keys: kept.join(', ') } },
  };
}

export const updateRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.update.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: show,
  },
  {
    method: 'post',
    path: paths.updateDecision.pattern,
    allow: 'update:decide',
    audit: 'update/decide',
    about: 'edition',
    handle: decide,
  },
  {
    method: 'post',
    path: paths.updateApplication.pattern,
    allow: 'update:apply',
    audit: 'update/apply',
    about: 'edition',
    handle: apply,
  },
  {
    method: 'post',
    path: paths.updateUndo.pattern,
    allow: 'update:apply',
    audit: 'update/undo',
    about: 'edition',
    handle: undo,
  },
];
