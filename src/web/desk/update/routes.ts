import { applyEditionUpdate } from '../../../commands/update/applyEditionUpdate.ts';
import { raiseSeverity } from '../../../commands/update/raiseSeverity.ts';
import { undoEditionUpdate } from '../../../commands/update/undoEditionUpdate.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { DomainError } from '../../../domain/errors.ts';
import { severities } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { choiceField, revisionField, textField } from '../fields.ts';
import { decideMany, decideOne } from './decisions.ts';
import { goalOf, pageOf } from './goal.ts';
import { logFile, showLog } from './logPage.ts';
import { showUpdate } from './showUpdate.ts';

async function apply(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form } = context;
  const revision = revisionField(form, 'revision');
  const goal = goalOf(context);
  const { update, returned } = await applyEditionUpdate(world, actor, { ...goal, edition: edition.tag, revision });
  const now = await world.store.editions.byTag(edition.tag);
  const target = now === null ? update.target : standsOn(now.upstream);
  const key = returned.length === 0 ? 'update:said.applied' : 'update:said.appliedReturned';
  return {
    kind: 'redirect',
    to: paths.update.to(edition.tag),
    said: { key, values: { target, count: returned.length } },
  };
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

/** This edition takes a change set more seriously than the authority does. */
async function raise(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const set = textField(form, 'raised');
  const severity = choiceField(form, 'severity', severities);
  if (severity === null) throw new DomainError('formMalformed', { field: 'severity' });
  const due = textField(form, 'due');
  if (due !== '' && !isDay(due)) throw new DomainError('formMalformed', { field: 'due' });
  const key = textField(form, 'item');
  const reason = textField(form, 'why');
  await raiseSeverity(world, actor, {
    edition: edition.tag,
    set,
    severity,
    due: due === '' ? null : due,
    reason,
    revision: revisionField(form, 'revision'),
  });
  const more: Readonly<Record<string, string>> = key === '' ? {} : { item: key };
  return {
    kind: 'redirect',
    to: `${pageOf(edition.tag, goalOf(context), more)}#open`,
    said: { key: 'update:said.raised', values: { set, severity: t(`desk:severities.${severity}`) } },
  };
}

/** A day of the calendar, as a date field sends it. */
const isDay = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

const shared = { about: 'edition' } as const;

export const updateRoutes: readonly Route[] = [
  {
    ...shared,
    method: 'get',
    path: paths.update.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    handle: (context: EditionContext) => showUpdate(context),
  },
  {
    ...shared,
    method: 'post',
    path: paths.updateDecision.pattern,
    allow: 'update:decide',
    audit: 'update/decide',
    handle: decideOne,
  },
  {
    ...shared,
    method: 'post',
    path: paths.updateBulk.pattern,
    allow: 'update:decide',
    audit: 'update/decide',
    handle: decideMany,
  },
  {
    ...shared,
    method: 'post',
    path: paths.updateApplication.pattern,
    allow: 'update:apply',
    audit: 'update/apply',
    handle: apply,
  },
  {
    ...shared,
    method: 'post',
    path: paths.updateUndo.pattern,
    allow: 'update:apply',
    audit: 'update/undo',
    handle: undo,
  },
  {
    ...shared,
    method: 'post',
    path: paths.updateSeverity.pattern,
    allow: 'edition:manage',
    audit: 'update/severity',
    handle: raise,
  },
  {
    ...shared,
    method: 'get',
    path: paths.updateLog.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    handle: showLog,
  },
  {
    ...shared,
    method: 'get',
    path: paths.updateLogFile.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    handle: logFile,
  },
];
