import { z } from 'zod';
import { liftRecall, orderRecall, secondRecall } from '../../../commands/recall/orderRecall.ts';
import { recallDeliveries } from '../../../commands/recall/recallDelivery.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { newestBaseline } from '../baseline/newest.ts';
import { attempt, type Refusal } from '../baseline/problems.ts';
import { sheets } from '../baseline/sheets.ts';
import { readForm, revisionForm } from '../changeSets/forms.ts';
import { othersWho } from '../changeSets/loadSet.ts';
import { textField } from '../fields.ts';
import { namesOf } from '../today/loadDesk.ts';
import { recallRows, targetIn } from './recallsPage.ts';

const fields: Partial<Record<ErrorCode, string>> = {
  reasonNeeded: 'reason',
  lessonUnknown: 'target',
  segmentUnknown: 'target',
};

const showRecalls = (context: PersonContext): Promise<Reply> => recallsReply(context, null);

/** Notices lead to one recall: it stands in the list, under its own name. */
async function showRecall({ world, params }: PersonContext): Promise<Reply> {
  const recall = await world.store.recalls.byId(params.recall ?? '');
  if (recall === null) throw new DomainError('recallUnknown');
  return { kind: 'redirect', to: `${paths.recalls.to()}#recall-${recall.id}` };
}

async function recallsReply(context: PersonContext, refusal: Refusal | null): Promise<Reply> {
  const { world, t, actor, form } = context;
  const [recalls, seconds, newest, deliveries] = await Promise.all([
    world.store.recalls.all(),
    othersWho(world.store, 'recall:second', ''),
    newestBaseline(world.store),
    recallDeliveries(world),
  ]);
  const people = recalls.flatMap((recall) => [recall.orderedBy, recall.secondedBy, recall.liftedBy]);
  const names = await namesOf(context, people);
  const secondsBut = (person: string) => seconds.filter((each) => each.id !== person).map((each) => each.name);
  const rows = recallRows(recalls, actor, names, secondsBut, deliveries);
  const inForce = rows.filter((row) => row.state === 'inForce').length;
  const waiting = rows.filter((row) => row.state === 'waiting').length;
  const late = rows.filter((row) => row.late.length > 0).length;
  const key = late > 0 ? 'late' : waiting > 0 ? 'waiting' : inForce > 0 ? 'inForce' : 'none';
  const data = {
    title: t(`baseline:recalls.headline.${key}`, { count: late || waiting || inForce }),
    sheets,
    frame: await baselineFrame(context, 'recalls'),
    rows,
    since: late > 0 ? deliveries.since : null,
    mayOrder: can(actor, 'recall:order'),
    problems: refusal?.problems ?? [],
    invalid: Object.fromEntries((refusal?.problems ?? []).map(({ field, message }) => [field ?? '', message])),
    typed: {
      target: textField(form, 'target'),
      reason: textField(form, 'reason'),
      instead: textField(form, 'instead'),
    },
    lessons: newest?.lessonPackage.lessons.map((lesson) => lesson.id) ?? [],
    hrefs: { order: paths.recalls.to() },
  };
  return { kind: 'page', view: 'desk/recalls/recalls', data, ...(refusal === null ? {} : { code: refusal.code }) };
}

const needed = z
  .string()
  .max(5000)
  .refine((text) => text.trim() !== '');
const orderForm = z.object({ target: needed.transform((text) => text.trim()), reason: needed, instead: needed });

async function order(context: PersonContext): Promise<Reply> {
  const { world, actor, t, form } = context;
  const read = readForm(t, orderForm, form);
  if ('problems' in read) return recallsReply(context, { code: 422, problems: read.problems });
  const { target, reason, instead } = read.data;
  const newest = await newestBaseline(world.store);
  const wish = { target: targetIn(newest?.lessonPackage ?? null, target), reason, instead };
  const tried = await attempt(t, fields, () => orderRecall(world, actor, wish));
  if ('refused' in tried) return recallsReply(context, tried.refused);
  return { kind: 'redirect', to: paths.recalls.to(), said: { key: 'baseline:said.ordered', values: { target } } };
}

/** The two steps that follow an order. */
const step =
  (act: typeof secondRecall, key: string) =>
  async (context: PersonContext): Promise<Reply> => {
    const { world, actor, t, params, form } = context;
    const read = readForm(t, revisionForm, form);
    if ('problems' in read) throw new DomainError('formMalformed', { field: read.tampered ?? '' });
    const tried = await attempt(t, {}, () => act(world, actor, { recall: params.recall ?? '', ...read.data }));
    if ('refused' in tried) return recallsReply(context, tried.refused);
    const late = (await recallDeliveries(world)).of(tried.done).editions.length > 0;
    return { kind: 'redirect', to: paths.recalls.to(), said: { key: late ? `${key}Late` : key } };
  };

/** Taking a lesson or a segment off every edition, by two people. */
export const recallRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.recalls.pattern,
    allow: 'recall:second',
    audit: 'nothing',
    about: 'person',
    handle: showRecalls,
  },
  {
    method: 'get',
    path: paths.recall.pattern,
    allow: 'recall:second',
    audit: 'nothing',
    about: 'person',
    handle: showRecall,
  },
  {
    method: 'post',
    path: paths.recalls.pattern,
    allow: 'recall:order',
    audit: 'recall/order',
    about: 'person',
    handle: order,
  },
  {
    method: 'post',
    path: paths.recallSecond.pattern,
    allow: 'recall:second',
    audit: 'recall/second',
    about: 'person',
    handle: step(secondRecall, 'baseline:said.seconded'),
  },
  {
    method: 'post',
    path: paths.recallLift.pattern,
    allow: 'recall:order',
    audit: 'recall/lift',
    about: 'person',
    handle: step(liftRecall, 'baseline:said.lifted'),
  },
];
