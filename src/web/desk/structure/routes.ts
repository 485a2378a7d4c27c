import { z } from 'zod';
import { omissionKinds, omitSegment } from '../../../commands/edition/omitSegment.ts';
import { overrideMinutes, overrideOrder } from '../../../commands/edition/overrideLesson.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { sectionAnchor } from '../baseline/lessonText.ts';
import { textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { loadDesk } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { lessonIn } from '../workbench/lessonDesk.ts';
import { lessonFor } from '../workbench/workbenchPage.ts';
import { type StructureRefusal, structurePage } from './structurePage.ts';

async function show(
  context: EditionContext,
  lessonId: string,
  refusal: StructureRefusal | null = null,
): Promise<Reply> {
  const { edition, actor, t, query } = context;
  const desk = await loadDesk(context);
  const lesson = lessonIn(desk.working.lessonPackage, lessonId);
  const opened = {
    segment: refusal?.segment ?? query.segment ?? '',
    order: refusal?.section ?? query.order ?? '',
    mayWrite: can(actor, 'unit:write', { partner: edition.partner }),
    refusal,
  };
  const page = structurePage(t, desk, lesson, opened);
  const data = {
    ...page,
    sheets: ['desk-edition.css', 'desk-ledger.css'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waitingOf(desk, actor))),
    tag: edition.tag,
    problems: refusal === null ? [] : [{ field: refusal.field, message: refusal.message }],
  };
  return { kind: 'page', view: 'desk/structure/structure', data, ...(refusal === null ? {} : { code: refusal.code }) };
}

const reason = z.string().max(1000).default('');
const place = z.string().max(100);

/** What the form itself can mend; a second writer is told what stands there. */
const mendable: ReadonlySet<ErrorCode> = new Set([
  ...(['reasonNeeded', 'minutesMalformed', 'orderMalformed', 'staleRevision'] as const),
  ...(['omissionOfCore', 'omissionOfPractice', 'omissionOfTitle', 'omissionOfAnswer'] as const),
]);

async function attempt(
  context: EditionContext,
  lesson: string,
  where: Pick<StructureRefusal, 'field' | 'segment' | 'section'>,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError) || !mendable.has(error.code)) throw error;
    const stale = error.code === 'staleRevision';
    const typed = Object.fromEntries(Object.keys(context.form).map((name) => [name, textField(context.form, name)]));
    return show(context, lesson, {
      ...where,
      code: stale ? 409 : 422,
      message: context.t(`errors:${error.code}`, error.data),
      typed,
      theirs: stale ? String(error.data.theirs ?? '') : null,
    });
  }
}

const omissionForm = z.object({ revision, reason, kind: z.enum(omissionKinds), lesson: place.default('') });

async function omit(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(omissionForm, context.form);
  const lesson = lessonFor((await loadDesk(context)).working.lessonPackage, form.lesson, segment);
  if (lesson === null) throw new DomainError('unitUnknown', { segment });
  return attempt(context, lesson, { field: 'omission-reason', segment, section: '' }, async () => {
    const { revision, reason, kind } = form;
    const left = await omitSegment(world, actor, { edition: edition.tag, segment, kind, reason, revision });
    return {
      kind: 'redirect',
      to: paths.lessonStructure.to(edition.tag, lesson),
      said: { key: 'ledger:said.omitted', values: { name: segment, count: left.length } },
    };
  });
}

const minutesForm = z.object({
  revision,
  reason,
  section: place,
  segment: place,
  minutes: z.string().trim().max(10).default(''),
});

async function minutes(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const lesson = params.lesson ?? '';
  const { minutes, ...form } = acceptForm(minutesForm, context.form);
  return attempt(context, lesson, { field: 'minutes', segment: form.segment, section: '' }, async () => {
    const input = {
      edition: edition.tag,
      lesson,
      ...form,
      minutes: /^\d{1,4}$/.test(minutes) ? Number(minutes) : Number.NaN,
    };
    const override = await overrideMinutes(world, actor, input);
    const key = override === null ? 'ledger:said.baselineAgain' : 'ledger:said.minutes';
    return {
      kind: 'redirect',
      to: `${paths.lessonStructure.to(edition.tag, lesson)}#${sectionAnchor(form.section)}`,
      said: { key, values: { name: form.segment } },
    };
  });
}

const orderForm = z.object({ revision, reason, section: place });

/** Each group's number says where it wants to stand; equal numbers keep the order they had. */
async function order(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, form } = context;
  const lesson = params.lesson ?? '';
  const wish = acceptForm(orderForm, form);
  return attempt(context, lesson, { field: 'order-reason', segment: '', section: wish.section }, async () => {
    const wanted = Object.keys(form).flatMap((field) => {
      if (!field.startsWith('place-')) return [];
      const place = textField(form, field).trim();
      if (!/^\d{1,4}$/.test(place)) throw new DomainError('orderMalformed', { section: wish.section });
      return [{ segment: field.slice('place-'.length), place: Number(place) }];
    });
    const ours = wanted.sort((one, other) => one.place - other.place).map(({ segment }) => segment);
    const override = await overrideOrder(world, actor, { edition: edition.tag, lesson, ...wish, order: ours });
    const key = override === null ? 'ledger:said.baselineAgain' : 'ledger:said.order';
    return {
      kind: 'redirect',
      to: `${paths.lessonStructure.to(edition.tag, lesson)}#${sectionAnchor(wish.section)}`,
      said: { key, values: { name: lesson } },
    };
  });
}

const write = { method: 'post', allow: 'unit:write', about: 'edition' } as const;

/** What an edition may make of a lesson beside its words: leave out, other minutes, another order. */
export const structureRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.lessonStructure.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => show(context, context.params.lesson ?? ''),
  },
  { ...write, path: paths.unitOmission.pattern, audit: 'ledger/omit', handle: omit },
  { ...write, path: paths.lessonMinutes.pattern, audit: 'ledger/minutes', handle: minutes },
  { ...write, path: paths.lessonOrder.pattern, audit: 'ledger/order', handle: order },
];
