import { z } from 'zod';
import { loadWorking } from '../../../commands/edition/loadWorking.ts';
import { sendBack, withdrawSendBack } from '../../../commands/sendBack/offerText.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { sendBackKinds } from '../../../domain/sendBack/sendBack.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { newestBaseline } from '../baseline/newest.ts';
import { frameFor } from '../frame.ts';
import { namesOf } from '../today/loadDesk.ts';
import { acceptForm, revision, text } from '../workbench/acceptForm.ts';
import { offerForm, type Typed } from './offerForm.ts';
import { sendBackRow } from './sendBackRow.ts';

type Refused = Typed & { readonly segment: string; readonly code: number };

/** What an edition has offered to the baseline, what became of it, and the form for one text more. */
export async function showEditionOffers(context: EditionContext, refused: Refused | null = null): Promise<Reply> {
  const { world, edition, actor, t, query } = context;
  const { store } = world;
  const [all, newest, sets, working] = await Promise.all([
    store.sendBacks.ofEdition(edition.tag),
    newestBaseline(store),
    store.changeSets.all(),
    loadWorking(store, edition),
  ]);
  const names = await namesOf(
    context,
    all.flatMap((each) => [each.by, each.answeredBy]),
  );
  const known = {
    names,
    sets: new Map(sets.map((set) => [set.id, set.title])),
    opensSets: can(actor, 'changeSet:write'),
  };
  const mayWrite = can(actor, 'sendBack:write', { partner: edition.partner });
  const rows = all.map((each) => ({
    ...sendBackRow(t, each, newest?.lessonPackage.segments[each.segment]?.text, known),
    withdraw: mayWrite && each.state === 'open' ? paths.sendBackWithdrawal.to(edition.tag, each.id) : null,
  }));
  const waiting = all.filter((each) => each.state === 'open' || each.state === 'taken').length;
  const segment = refused?.segment ?? query.segment ?? '';
  const form = segment === '' ? null : offerForm({ t, actor, working, segment }, refused);
  const data = {
    title:
      all.length === 0
        ? t('sendBack:edition.none')
        : t('sendBack:edition.headline', { count: waiting, all: all.length }),
    sheets: ['desk-edition.css', 'desk-ledger.css'],
    frame: await frameFor(context, 'ledger'),
    tag: edition.tag,
    rows,
    form,
    source: form === null ? null : (working.lessonPackage.segments[segment]?.text ?? null),
    ledger: paths.ledger.to(edition.tag),
    problems: refused === null ? [] : [{ field: 'offer-text', message: refused.problem }],
  };
  return { kind: 'page', view: 'desk/sendBacks/edition', data, ...(refused === null ? {} : { code: refused.code }) };
}

const offerSchema = z.object({
  kind: z.enum(sendBackKinds),
  proposed: text,
  reason: z.string().max(2000).default(''),
  evidence: z.string().max(2000).default(''),
});

/** What the form itself can mend, or shows what stands in its way. */
const shown: ReadonlySet<ErrorCode> = new Set([
  ...(['unitEmpty', 'factsMissing', 'factsForeign', 'reasonNeeded', 'sendBackSame', 'sendBackOpen'] as const),
]);

export async function offer(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(offerSchema, context.form);
  try {
    await sendBack(world, actor, { edition: edition.tag, segment, ...form });
  } catch (error) {
    if (!(error instanceof DomainError) || !shown.has(error.code)) throw error;
    const code = error.code === 'sendBackOpen' ? 409 : 422;
    return showEditionOffers(context, { ...form, segment, code, problem: t(`errors:${error.code}`, error.data) });
  }
  return {
    kind: 'redirect',
    to: paths.sendBacks.to(edition.tag),
    said: { key: 'sendBack:said.offered', values: { segment } },
  };
}

export async function withdraw(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const at = acceptForm(z.object({ revision }), context.form);
  const { segment } = await withdrawSendBack(world, actor, { edition: edition.tag, id: params.offer ?? '', ...at });
  return {
    kind: 'redirect',
    to: paths.sendBacks.to(edition.tag),
    said: { key: 'sendBack:said.withdrawn', values: { segment } },
  };
}
