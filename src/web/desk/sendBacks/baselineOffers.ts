import { z } from 'zod';
import { answerSendBack } from '../../../commands/sendBack/answerSendBack.ts';
import { takeSendBacks } from '../../../commands/sendBack/takeSendBacks.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { severities } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { Context, PersonContext, Reply } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { newestBaseline } from '../baseline/newest.ts';
import { listField, textField } from '../fields.ts';
import { editionName } from '../frame.ts';
import { namesOf } from '../today/loadDesk.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { sendBackRow } from './sendBackRow.ts';

/** Closed offers that are still shown. */
const closedShown = 30;

type Refused = {
  readonly code: number;
  readonly message: string;
  readonly field: string;
  readonly form: Context['form'];
};

/** What partners offer, the open ones first. */
export async function showOffers(context: PersonContext, refused: Refused | null = null): Promise<Reply> {
  const { world, actor, t, language, query } = context;
  const { store } = world;
  const [open, closed, newest, sets, editions] = await Promise.all([
    store.sendBacks.open(),
    store.sendBacks.closed(closedShown),
    newestBaseline(store),
    store.changeSets.all(),
    store.editions.all(),
  ]);
  const names = await namesOf(
    context,
    [...open, ...closed].flatMap((each) => [each.by, each.answeredBy]),
  );
  const known = {
    names,
    sets: new Map(sets.map((set) => [set.id, set.title])),
    opensSets: can(actor, 'changeSet:write'),
  };
  const named = new Map(editions.map((edition) => [edition.tag, editionName(edition, language)]));
  const about = refused === null ? '' : textField(refused.form, 'offer');
  const typed = (name: string) => (refused === null ? '' : textField(refused.form, name));
  const rows = [...open].reverse().map((each) => {
    const row = sendBackRow(t, each, newest?.lessonPackage.segments[each.segment]?.text, known);
    const here = about === each.id;
    return {
      ...row,
      name: named.get(each.edition) ?? '',
      opened: here || query.offer === each.id,
      text: here && typed('text') !== '' ? typed('text') : row.start,
      answerTyped: here ? typed('answer') : '',
      takenField: refused?.field === `text-${each.id}` ? refused.message : null,
      answerField: refused?.field === `answer-${each.id}` ? refused.message : null,
      hrefs: { answer: paths.offerAnswer.to(each.id), edition: paths.deskEdition.to(each.edition) },
    };
  });
  const drafts = sets
    .filter((set) => set.state === 'draft')
    .map((set) => ({
      value: `${set.id} ${set.revision}`,
      title: set.title,
      chosen: typed('into') === `${set.id} ${set.revision}`,
    }));
  const data = {
    title: open.length === 0 ? t('sendBack:baseline.none') : t('sendBack:baseline.headline', { count: open.length }),
    sheets: ['desk-baseline.css', 'desk-edition.css', 'desk-ledger.css'],
    frame: await baselineFrame(context, 'changeSets'),
    rows,
    closed: closed.map((each) => ({
      ...sendBackRow(t, each, newest?.lessonPackage.segments[each.segment]?.text, known),
      name: named.get(each.edition) ?? '',
    })),
    drafts,
    several: rows.filter((row) => row.now === null && !row.gone).length > 1,
    typedTitle: typed('title'),
    severities: severities.map((severity) => ({ severity, chosen: severity === (typed('severity') || 'content') })),
    take: paths.offersTaken.to(),
    mayAnswer: can(actor, 'sendBack:answer'),
    problems: refused === null ? [] : [{ field: refused.field, message: refused.message }],
  };
  return { kind: 'page', view: 'desk/sendBacks/baseline', data, ...(refused === null ? {} : { code: refused.code }) };
}

/** Refusals that belong on the page of the offers. */
const shown: ReadonlySet<ErrorCode> = new Set([
  ...(['reasonNeeded', 'sendBackClash', 'sendBackMoved', 'sendBackSame', 'sendBackState', 'sendBackUnknown'] as const),
  ...(['unitEmpty', 'staleRevision', 'factUnknown', 'segmentUnknown', 'changeSetState', 'unitEmpty'] as const),
]);
const conflicts: ReadonlySet<ErrorCode> = new Set(['staleRevision', 'sendBackState', 'changeSetState']);

async function attempt(context: PersonContext, field: string, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !shown.has(error.code)) throw error;
    const data =
      error.code === 'changeSetState'
        ? { ...error.data, state: context.t(`desk:changeSetStates.${error.data.state}`) }
        : error.data;
    const message = context.t(`errors:${error.code}`, data);
    return showOffers(context, { code: conflicts.has(error.code) ? 409 : 422, message, field, form: context.form });
  }
}

const intoForm = z.object({
  into: z.union([z.literal('new'), z.string().regex(/^[a-z0-9-]{1,80} \d{1,9}$/)]).default('new'),
  title: z.string().trim().max(120).default(''),
  severity: z.enum(severities).default('content'),
  text: z.string().max(20_000).default(''),
  offer: z.string().max(200).default(''),
});
const seenOffer = z.string().regex(/^[\w-]{1,64} \d{1,9}$/);

/** Takes the one offer of a form with the text that was said, or the ticked ones as they are. */
export async function takeOffers(context: PersonContext): Promise<Reply> {
  const { world, actor, t, form } = context;
  const read = acceptForm(intoForm, form);
  const ids = listField(form, 'offers').filter((each) => seenOffer.safeParse(each).success);
  const single = read.offer !== '';
  return attempt(context, single ? `text-${read.offer}` : 'take-many', async () => {
    const offers = ids.map((each) => {
      const [id = '', at = '0'] = each.split(' ');
      return { id, revision: Number(at), ...(single ? { text: read.text } : {}) };
    });
    const [set = '', at = '0'] = read.into.split(' ');
    const title = read.title === '' ? t('sendBack:baseline.newTitle') : read.title;
    const into = read.into === 'new' ? { title, severity: read.severity } : { set, revision: Number(at) };
    const taken = await takeSendBacks(world, actor, { offers, into });
    return {
      kind: 'redirect',
      to: paths.changeSet.to(taken.id),
      said: { key: 'sendBack:said.taken', values: { title: taken.title, count: offers.length } },
    };
  });
}

export async function answerOffer(context: PersonContext): Promise<Reply> {
  const { world, actor, params } = context;
  const id = params.offer ?? '';
  const form = acceptForm(z.object({ revision, answer: z.string().max(2000).default('') }), context.form);
  return attempt({ ...context, form: { ...context.form, offer: id } }, `answer-${id}`, async () => {
    const { segment } = await answerSendBack(world, actor, { id, ...form });
    return { kind: 'redirect', to: paths.offers.to(), said: { key: 'sendBack:said.answered', values: { segment } } };
  });
}
