import { z } from 'zod';
import { createLesson } from '../../../commands/material/createLesson.ts';
import {
  moveInLesson,
  placeStatement,
  takeFromLesson,
  takeLessonOut,
  writeInLesson,
} from '../../../commands/material/ownLesson.ts';
import { ownLessonKinds } from '../../../domain/edition/material.ts';
import { DomainError } from '../../../domain/errors.ts';
import { bands as allBands, topics as allTopics, type Topic } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { attempt } from '../baseline/problems.ts';
import { listField, textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { loadDesk } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm, revision, text } from '../workbench/acceptForm.ts';
import { lessonIn } from '../workbench/lessonDesk.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { agesOf } from './newLessonForm.ts';
import { ownLessonPage } from './ownLessonPage.ts';
import type { ShowMaterial } from './pictureRoutes.ts';

async function create(context: EditionContext, show: ShowMaterial): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const band = allBands.find((each) => each === textField(form, 'band'));
  if (band === undefined) throw new DomainError('formMalformed', { field: 'band' });
  const chosen = listField(form, 'topic').filter((each): each is Topic => allTopics.some((topic) => topic === each));
  const typed = { title: textField(form, 'title'), reason: textField(form, 'reason'), band, chosen };
  if (typed.title.length > 200 || typed.reason.length > 1000)
    throw new DomainError('formMalformed', { field: 'title' });
  if (chosen.length === 0) {
    const message = t('material:lesson.topicNeeded');
    return show(context, { code: 422, problems: [{ field: 'lesson-topic', message }], lesson: typed });
  }
  const wish = {
    edition: edition.tag,
    title: typed.title,
    reason: typed.reason,
    fields: {
      band,
      ages: agesOf[band],
      group: band === 'adult' ? ('adults' as const) : ('class' as const),
      screens: 'none' as const,
      sheets: 0,
      topics: chosen,
      sensitivity: 'high' as const,
      notForAssembly: true,
    },
  };
  const tried = await attempt(t, { unitEmpty: 'lesson-title', reasonNeeded: 'lesson-reason' }, () =>
    createLesson(world, actor, wish),
  );
  if ('refused' in tried) return show(context, { ...tried.refused, lesson: typed });
  return {
    kind: 'redirect',
    to: paths.ownLesson.to(edition.tag, tried.done.id),
    said: { key: 'material:said.lesson', values: { lesson: tried.done.id } },
  };
}

type Shown = {
  readonly code: number;
  readonly problems: readonly { readonly field: string | null; readonly message: string }[];
  readonly section: string;
  readonly typed: { readonly text: string; readonly kind: string };
};

async function showLesson(context: EditionContext, refused: Shown | null = null): Promise<Reply> {
  const { edition, actor, params, t, language } = context;
  const desk = await loadDesk(context);
  const id = params.own ?? '';
  const own = desk.working.material?.lessons.get(id);
  if (own === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  const page = ownLessonPage(t, desk, actor, own, lessonIn(desk.working.lessonPackage, id));
  const data = {
    ...page,
    sheets: ['desk-edition.css', 'material.css'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waitingOf(desk, actor))),
    languages: languagesOf(edition.language, language),
    sections: page.sections.map((section) => ({
      ...section,
      typed: refused?.section === section.id ? refused.typed : null,
      kinds: section.kinds.map((each) =>
        refused?.section === section.id ? { ...each, chosen: each.kind === refused.typed.kind } : each,
      ),
    })),
    problems: refused?.problems ?? [],
  };
  return { kind: 'page', view: 'desk/material/ownLesson', data, ...(refused === null ? {} : { code: refused.code }) };
}

const changeForm = z.object({
  wish: z.enum(['write', 'place', 'up', 'down', 'take']),
  revision,
  section: z.string().max(100).default(''),
  segment: z.string().max(200).default(''),
  kind: z.enum(ownLessonKinds).catch('paragraph'),
  text,
  minutes: z
    .string()
    .regex(/^\d{0,3}$/)
    .default('')
    .transform((value) => (value === '' ? null : Number(value))),
  practice: z.string().max(10).default(''),
});

async function change(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const { wish, revision: seen, ...form } = acceptForm(changeForm, context.form);
  const at = { edition: edition.tag, lesson: params.own ?? '', revision: seen };
  const { section, segment } = form;
  const anchor = `section-${(wish === 'place' ? 'messages' : section).replace(/[^A-Za-z0-9-]/g, '_')}`;
  const field = `text-${anchor}`;
  const tried = await attempt(t, { unitEmpty: field, factUnknown: field }, () => {
    if (wish === 'write') {
      return writeInLesson(world, actor, at, { ...form, after: null, practice: form.practice !== '' });
    }
    if (wish === 'place') return placeStatement(world, actor, at, segment);
    if (wish === 'take') return takeFromLesson(world, actor, at, { section, segment });
    return moveInLesson(world, actor, at, { section, segment, by: wish === 'up' ? -1 : 1 });
  });
  if ('refused' in tried) return showLesson(context, { ...tried.refused, section, typed: form });
  return {
    kind: 'redirect',
    to: `${paths.ownLesson.to(edition.tag, at.lesson)}#${anchor}`,
    said: { key: `material:said.lessonChanged` },
  };
}

const removalForm = z.object({ revision, reason: z.string().max(500).default('') });

async function remove(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const { reason, revision: seen } = acceptForm(removalForm, context.form);
  const at = { edition: edition.tag, lesson: params.own ?? '', revision: seen };
  const tried = await attempt(t, { reasonNeeded: 'removal-reason' }, () => takeLessonOut(world, actor, at, reason));
  if ('refused' in tried) return showLesson(context, { ...tried.refused, section: '', typed: { text: '', kind: '' } });
  return {
    kind: 'redirect',
    to: paths.material.to(edition.tag),
    said: { key: 'material:said.lessonRemoved', values: { lesson: at.lesson } },
  };
}

/** The routes of lessons of a partner's own. */
export function ownLessonRoutes(show: ShowMaterial): readonly Route[] {
  return [
    {
      method: 'post',
      path: paths.ownLessons.pattern,
      allow: 'material:write',
      audit: 'ownLesson/create',
      about: 'edition',
      handle: (context) => create(context, show),
    },
    {
      method: 'get',
      path: paths.ownLesson.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: 'edition',
      handle: (context) => showLesson(context),
    },
    {
      method: 'post',
      path: paths.ownLesson.pattern,
      allow: 'material:write',
      audit: 'ownLesson/change',
      about: 'edition',
      handle: change,
    },
    {
      method: 'post',
      path: paths.ownLessonRemoval.pattern,
      allow: 'material:write',
      audit: 'ownLesson/remove',
      about: 'edition',
      handle: remove,
    },
  ];
}
