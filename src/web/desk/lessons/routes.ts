import { z } from 'zod';
import { changePace } from '../../../commands/edition/changePace.ts';
import { chooseLesson } from '../../../commands/edition/chooseLesson.ts';
import { can } from '../../../domain/access/can.ts';
import { lessonStates } from '../../../domain/edition/edition.ts';
import { pace, paceOf } from '../../../domain/edition/pace.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { loadDesk } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm, revision, text } from '../workbench/acceptForm.ts';
import { assign, candidates, change, drop, nothingTyped, type TypedAssignment } from './assigning.ts';
import { asShow } from './filters.ts';
import { lessonsPage, type RefusedChoice } from './lessonsPage.ts';

type Refused = {
  readonly choice?: RefusedChoice;
  readonly typed?: TypedAssignment;
  readonly pace?: { readonly words: string; readonly message: string };
};

async function show(context: EditionContext, refused: Refused = {}): Promise<Reply> {
  const { edition, actor, person, query, form, t } = context;
  const desk = await loadDesk(context);
  const waiting = waitingOf(desk, actor);
  const manages = can(actor, 'assignment:manage', { partner: edition.partner });
  const typed = refused.typed ?? nothingTyped;
  const shown = asShow(query.show ?? textField(form, 'show'));
  const viewer = { id: person.id, manages };
  const page = lessonsPage(t, desk, waiting, refused.choice ?? null, { viewer, show: shown });
  const problems = [
    ...(refused.choice === undefined
      ? []
      : [{ field: `reason-${refused.choice.lesson}`, message: refused.choice.message }]),
    ...(typed.problem === null ? [] : [{ field: anchorOfField(typed), message: typed.problem }]),
    ...(refused.pace === undefined ? [] : [{ field: 'pace', message: refused.pace.message }]),
  ];
  const data = {
    ...page,
    sheets: ['desk-edition.css', 'desk-work.css'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waiting)),
    mayManage: can(actor, 'edition:manage', { partner: edition.partner }),
    manages,
    show: shown,
    ticked: Object.fromEntries(typed.ticked.map((lesson) => [lesson, true])),
    candidates: manages ? candidates(desk.colleagues, edition.partner) : [],
    typed,
    today: desk.today,
    pace: { words: refused.pace?.words ?? String(paceOf(edition)), ...pace, problem: refused.pace?.message ?? null },
    problems,
    hrefs: { assign: paths.assignments.to(edition.tag), pace: paths.editionPace.to(edition.tag) },
    exchange: can(actor, 'edition:exchange', { partner: edition.partner }) ? paths.exchange.to(edition.tag) : null,
  };
  const code = refused.typed?.code ?? (problems.length > 0 ? 422 : 200);
  return { kind: 'page', view: 'desk/lessons/lessons', data, ...(code === 200 ? {} : { code }) };
}

const anchorOfField = ({ at, field }: TypedAssignment): string => `${field === 'lesson' ? 'hands' : field}-${at}`;

const choiceForm = z.object({ state: z.enum(lessonStates), reason: text, revision });

async function choose(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const form = acceptForm(choiceForm, context.form);
  const lesson = params.lesson ?? '';
  try {
    await chooseLesson(world, actor, { edition: edition.tag, lesson, ...form });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'reasonNeeded') throw error;
    const message = t('edition:lessons.reasonNeeded');
    return show(context, { choice: { lesson, state: form.state, reason: form.reason, message } });
  }
  const said = { key: `edition:lessons.said.${form.state}`, values: { lesson } };
  return { kind: 'redirect', to: `${paths.editionLessons.to(edition.tag)}#lesson-${encodeURIComponent(lesson)}`, said };
}

const paceForm = z.object({ words: z.string().trim().max(10), revision });

async function setPace(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, t } = context;
  const { words, revision: seen } = acceptForm(paceForm, context.form);
  const wordsPerHour = /^\d{1,6}$/.test(words) ? Number(words) : 0;
  try {
    await changePace(world, actor, { edition: edition.tag, wordsPerHour, revision: seen });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'paceMalformed') throw error;
    return show(context, { pace: { words, message: t('errors:paceMalformed', { ...error.data }) } });
  }
  const said = { key: 'work:said.pace', values: { count: wordsPerHour } };
  return { kind: 'redirect', to: paths.editionLessons.to(edition.tag), said };
}

const again = (context: EditionContext, typed: TypedAssignment): Promise<Reply> => show(context, { typed });
const write = { method: 'post', about: 'edition' } as const;
const manage = { ...write, allow: 'assignment:manage' } as const;

export const lessonsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.editionLessons.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => show(context),
  },
  { ...write, path: paths.lessonChoice.pattern, allow: 'edition:manage', audit: 'lesson/choose', handle: choose },
  { ...write, path: paths.editionPace.pattern, allow: 'edition:manage', audit: 'edition/pace', handle: setPace },
  { ...manage, path: paths.assignments.pattern, audit: 'lesson/assign', handle: assign(again) },
  { ...manage, path: paths.assignment.pattern, audit: 'assignment/change', handle: change(again) },
  { ...manage, path: paths.assignmentDrop.pattern, audit: 'assignment/drop', handle: drop(again) },
];
