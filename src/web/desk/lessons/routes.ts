import { z } from 'zod';
import { chooseLesson } from '../../../commands/edition/chooseLesson.ts';
import { can } from '../../../domain/access/can.ts';
import { lessonStates } from '../../../domain/edition/edition.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { loadDesk } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm, revision, text } from '../workbench/acceptForm.ts';
import { lessonsPage, type RefusedChoice } from './lessonsPage.ts';

async function show(context: EditionContext, refused: RefusedChoice | null = null): Promise<Reply> {
  const { edition, actor, t } = context;
  const desk = await loadDesk(context);
  const waiting = waitingOf(desk, actor);
  const page = lessonsPage(t, desk, waiting, refused);
  const data = {
    ...page,
    sheets: ['desk-edition.css'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waiting)),
    mayManage: can(actor, 'edition:manage', { partner: edition.partner }),
    exchange: can(actor, 'edition:exchange', { partner: edition.partner }) ? paths.exchange.to(edition.tag) : null,
    problems: refused === null ? [] : [{ field: `reason-${refused.lesson}`, message: refused.message }],
  };
  return { kind: 'page', view: 'desk/lessons/lessons', data, ...(refused === null ? {} : { code: 422 }) };
}

const choiceForm = z.object({ state: z.enum(lessonStates), reason: text, revision });

async function choose(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const form = acceptForm(choiceForm, context.form);
  const lesson = params.lesson ?? '';
  try {
    await chooseLesson(world, actor, { edition: edition.tag, lesson, ...form });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'reasonNeeded') throw error;
    return show(context, {
      lesson,
      state: form.state,
      reason: form.reason,
      message: t('edition:lessons.reasonNeeded'),
    });
  }
  const said = { key: `edition:lessons.said.${form.state}`, values: { lesson } };
  return { kind: 'redirect', to: `${paths.editionLessons.to(edition.tag)}#lesson-${encodeURIComponent(lesson)}`, said };
}

export const lessonsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.editionLessons.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => show(context),
  },
  {
    method: 'post',
    path: paths.lessonChoice.pattern,
    allow: 'edition:manage',
    audit: 'lesson/choose',
    about: 'edition',
    handle: choose,
  },
];
