import { z } from 'zod';
import { returnUnit, reviewUnit } from '../../../commands/edition/reviewUnit.ts';
import { type Reviewed, reviewUnits } from '../../../commands/edition/reviewUnits.ts';
import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { listField, textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf, waitsForReview } from '../today/waiting.ts';
import { acceptForm, revision, text } from '../workbench/acceptForm.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { lessonToRead, reviewPage } from './reviewPage.ts';
import type { Readers } from './reviewRow.ts';

type Shown = {
  readonly lesson?: string;
  /** What an agreement did, when it left something out. */
  readonly done?: Reviewed;
  readonly refused?: Readers['refused'];
  readonly problem?: string;
};

async function show(context: EditionContext, shown: Shown = {}): Promise<Reply> {
  const { edition, actor, query, t, language } = context;
  const desk = await loadDesk(context);
  const waiting = waitingOf(desk, actor);
  const asked = { lesson: shown.lesson ?? query.lesson, unit: query.unit };
  const current = lessonToRead(desk, waiting, asked);
  const units = current?.units ?? [];
  const waits = units.filter((unit) => waitsForReview(desk, unit));
  const [names, before] = await Promise.all([
    namesOf(
      context,
      units.flatMap(({ unit }) => [unit?.by, unit?.backTranslation?.by]),
    ),
    textsBefore(context, waits, shown.done),
  ]);
  const left = new Map((shown.done?.left ?? []).map(({ segment, why }) => [segment, t(`work:review.left.${why}`)]));
  const page = reviewPage(
    t,
    desk,
    waiting,
    {
      ...{ actor, names, colleagues: desk.colleagues, before, left },
      ticked: () => query.tick === 'all',
      refused: shown.refused ?? null,
    },
    current,
  );
  const rows = page.parts.flatMap((part) => part.rows);
  const data = {
    ...page,
    sheets: ['desk-edition.css', 'desk-work.css'],
    scripts: ['desk-review.js'],
    title: page.headline,
    frame: await frameFor(context, 'review', placeCounts(desk, waiting)),
    tag: edition.tag,
    languages: languagesOf(edition.language, language),
    marked: rows.some((row) => row.marked),
    agreed: shown.done === undefined ? null : shown.done.agreed.length,
    leftOut: (shown.done?.left ?? []).map(({ segment }) => ({
      segment,
      why: left.get(segment) ?? '',
      anchor: rows.find((row) => row.id === segment)?.anchor ?? null,
    })),
    problems: problemsOf(shown, rows),
    forms: ['zero', 'one', 'two', 'few', 'many', 'other'].map((form) => ({ form, text: agreeText(t, form) })),
    agreeHref: paths.reviewAgreement.to(edition.tag),
  };
  const code = shown.refused || shown.problem !== undefined ? 422 : 200;
  return { kind: 'page', view: 'desk/review/review', data, code };
}

function problemsOf({ refused, problem }: Shown, rows: readonly { readonly id: string; readonly anchor: string }[]) {
  const at = rows.find((row) => row.id === refused?.segment);
  return [
    ...(refused ? [{ field: `reason-${at?.anchor ?? ''}`, message: refused.message }] : []),
    ...(problem === undefined ? [] : [{ field: 'agree', message: problem }]),
  ];
}

/** The words of the button for every plural form, so that it can count along while somebody ticks. */
const sampleOf: Readonly<Record<string, number>> = { zero: 0, one: 1, two: 2, few: 3, many: 11, other: 100 };
function agreeText(t: EditionContext['t'], form: string): string {
  const sample = sampleOf[form] ?? 100;
  const number = /\p{Nd}+/u;
  return t('work:review.agree', { count: sample }).replace(number, '#');
}

/**
 * What each text is marked against: the last one that a second person agreed to; where somebody wrote while this person
 * was reading, the one that they had read.
 */
async function textsBefore({ world, edition }: EditionContext, units: readonly WorkingUnit[], done?: Reviewed) {
  const found = new Map<string, string>();
  const seen = new Map(
    (done?.left ?? []).filter(({ why }) => why === 'changed').map((each) => [each.segment, each.seen]),
  );
  const written = units.filter(({ unit }) => (unit?.revision ?? 0) > 1).map((unit) => unit.segment);
  const histories = await Promise.all(written.map((segment) => world.store.units.history(edition.tag, segment)));
  written.forEach((segment, index) => {
    const history = histories[index] ?? [];
    const read = history.find((unit) => unit.revision === seen.get(segment));
    const approved = history.find((unit) => unit.state === 'reviewed' || unit.state === 'final');
    const old = read ?? approved;
    if (old !== undefined) found.set(segment, old.target);
  });
  return found;
}

const tick = /^(\d{1,9}):(.{1,200})$/s;

/** Agrees to all ticked texts at once; what could not be agreed to is listed, the rest is done. */
async function agree(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const lesson = textField(form, 'lesson').slice(0, 100);
  const units = listField(form, 'unit').map((each) => {
    const [, seen, segment] = tick.exec(each) ?? [];
    if (seen === undefined || segment === undefined) throw new DomainError('formMalformed', { field: 'unit' });
    return { segment, revision: Number(seen) };
  });
  if (units.length === 0) return show(context, { lesson, problem: t('errors:nothingTicked') });
  const done = await reviewUnits(world, actor, { edition: edition.tag, units });
  if (done.left.length > 0) return show(context, { lesson, done });
  return {
    kind: 'redirect',
    to: `${paths.review.to(edition.tag)}?${new URLSearchParams({ lesson })}`,
    said: { key: 'work:said.agreed', values: { count: done.agreed.length } },
  };
}

const reviewForm = z.object({
  revision,
  wish: z.enum(['approve', 'return']),
  lesson: z.string().max(100).default(''),
  reason: text,
});

async function decide(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, form, t } = context;
  const { wish, lesson, revision: seen, reason } = acceptForm(reviewForm, form);
  const segment = params.segment ?? '';
  const at = { edition: edition.tag, segment, revision: seen };
  if (wish === 'approve') await reviewUnit(world, actor, at);
  else if (reason.trim() === '') {
    return show(context, { lesson, refused: { segment, reason, message: t('work:review.reasonNeeded') } });
  } else await returnUnit(world, actor, at, { reason, lesson });
  return {
    kind: 'redirect',
    to: `${paths.review.to(edition.tag)}${lesson === '' ? '' : `?${new URLSearchParams({ lesson })}`}`,
    said: { key: `edition:review.said.${wish}`, values: { segment } },
  };
}

const write = { method: 'post', allow: 'unit:review', about: 'edition' } as const;

export const reviewRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.review.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => show(context),
  },
  { ...write, path: paths.reviewAgreement.pattern, audit: 'unit/reviewMany', handle: agree },
  { ...write, path: paths.unitReview.pattern, audit: 'unit/review', handle: decide },
];
