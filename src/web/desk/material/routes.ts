import { z } from 'zod';
import { addSegment } from '../../../commands/material/addSegment.ts';
import { moveSegment, putSegmentBack, takeSegmentOut } from '../../../commands/material/changeSegment.ts';
import type { PictureReader } from '../../../commands/ports/pictures.ts';
import { addableKinds } from '../../../domain/edition/material.ts';
import { gapsOf } from '../../../domain/edition/materialObstacles.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { attempt } from '../baseline/problems.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm, revision, text } from '../workbench/acceptForm.ts';
import { anchorOf } from '../workbench/hrefs.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { ownLessonRoutes } from './lessonRoutes.ts';
import { materialPage } from './materialPage.ts';
import { bands, emptyLesson, type TypedLesson, topicsOf } from './newLessonForm.ts';
import { pictureRoutes } from './pictureRoutes.ts';
import { questionsOf, type TypedPicture } from './pictureRows.ts';

/** What came back from a form of this page: what was typed, and what has to be mended. */
export type MaterialRefusal = {
  readonly code: number;
  readonly problems: readonly { readonly field: string | null; readonly message: string }[];
  readonly picture?: TypedPicture;
  readonly lesson?: TypedLesson;
};

/** The list of everything an edition has of its own, with the forms that add to it. */
export async function showMaterial(context: EditionContext, refusal: MaterialRefusal | null = null): Promise<Reply> {
  const { world, edition, actor, query, t, language } = context;
  const desk = await loadDesk(context);
  const segments = await world.store.material.segments(edition.tag);
  const pictures = [...(desk.working.material?.pictures.values() ?? [])];
  const names = await namesOf(context, [
    ...segments.map((local) => local.by),
    ...pictures.flatMap((picture) => [picture.by, picture.reviewedBy]),
  ]);
  const { lessonPackage, material } = desk.working;
  const own = new Set(material?.lessons.keys() ?? []);
  const gaps = new Map(
    lessonPackage.lessons
      .filter((lesson) => own.has(lesson.id))
      .map((lesson) => [lesson.id, gapsOf(lessonPackage, lesson, own)]),
  );
  const readers = { actor, names, opened: query.picture, typed: refusal?.picture ?? null };
  const page = materialPage(t, desk, { segments, gaps }, readers);
  const data = {
    ...page,
    sheets: ['desk-edition.css', 'material.css'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waitingOf(desk, actor))),
    tag: edition.tag,
    languages: languagesOf(edition.language, language),
    questions: questionsOf(t),
    newLesson: {
      ...(refusal?.lesson ?? emptyLesson),
      bands: bands(t, refusal?.lesson),
      topics: topicsOf(t, refusal?.lesson),
    },
    pictureUpload: paths.pictures.to(edition.tag),
    lessonCreation: paths.ownLessons.to(edition.tag),
    problems: refusal?.problems ?? [],
  };
  return { kind: 'page', view: 'desk/material/material', data, ...(refusal === null ? {} : { code: refusal.code }) };
}

const addForm = z.object({
  after: z.string().max(200),
  kind: z.enum(addableKinds),
  text,
  reason: z.string().max(1000).default(''),
});

/** A text behind another one; refused, it is written again on a page of its own form. */
async function add(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const form = acceptForm(addForm, context.form);
  const lesson = params.lesson ?? '';
  const tried = await attempt(t, { reasonNeeded: 'add-reason', unitEmpty: 'add-text', factUnknown: 'add-text' }, () =>
    addSegment(world, actor, { edition: edition.tag, lesson, ...form }),
  );
  if ('refused' in tried) return addAgain(context, { lesson, ...form }, tried.refused);
  const { id, kind } = tried.done;
  const to =
    kind === 'picture'
      ? `${paths.material.to(edition.tag)}?${new URLSearchParams({ picture: id })}#picture-${id}`
      : `${paths.workbench.to(edition.tag, lesson)}?${new URLSearchParams({ unit: id })}#${anchorOf('unit', id)}`;
  return {
    kind: 'redirect',
    to,
    said: { key: kind === 'picture' ? 'material:said.addedPicture' : 'material:said.added' },
  };
}

type AddWish = z.infer<typeof addForm> & { readonly lesson: string };

async function addAgain(
  context: EditionContext,
  wish: AddWish,
  refused: { readonly code: number; readonly problems: MaterialRefusal['problems'] },
): Promise<Reply> {
  const { edition, actor, t, language } = context;
  const desk = await loadDesk(context);
  const title = t('material:add.title');
  const data = {
    title,
    sheets: ['desk-edition.css', 'material.css'],
    frame: await frameFor(context, 'lessons', placeCounts(desk, waitingOf(desk, actor))),
    languages: languagesOf(edition.language, language),
    problems: refused.problems,
    wish,
    kinds: addableKinds.map((kind) => ({ kind, text: t(`desk:segmentKinds.${kind}`), chosen: kind === wish.kind })),
    href: paths.addition.to(edition.tag, wish.lesson),
    back: `${paths.workbench.to(edition.tag, wish.lesson)}?${new URLSearchParams({ unit: wish.after })}`,
  };
  return { kind: 'page', view: 'desk/material/add', data, code: refused.code };
}

const changeForm = z.object({
  wish: z.enum(['takeOut', 'putBack', 'move']),
  revision,
  after: z.string().max(200).default(''),
});

async function change(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const { wish, after, revision: seen } = acceptForm(changeForm, context.form);
  const at = { edition: edition.tag, segment: params.segment ?? '', revision: seen };
  const tried = await attempt(t, {}, () => {
    if (wish === 'takeOut') return takeSegmentOut(world, actor, at);
    return wish === 'putBack' ? putSegmentBack(world, actor, at) : moveSegment(world, actor, at, after);
  });
  if ('refused' in tried) return showMaterial(context, tried.refused);
  return { kind: 'redirect', to: `${paths.material.to(edition.tag)}#texts`, said: { key: `material:said.${wish}` } };
}

/** The routes of what editions add of their own; pictures are read by what `readPicture` makes of them. */
export function materialRoutes(readPicture: PictureReader): readonly Route[] {
  return [
    {
      method: 'get',
      path: paths.material.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: 'edition',
      handle: (context) => showMaterial(context),
    },
    {
      method: 'post',
      path: paths.addition.pattern,
      allow: 'material:write',
      audit: 'material/add',
      about: 'edition',
      handle: add,
    },
    {
      method: 'post',
      path: paths.addedSegment.pattern,
      allow: 'material:write',
      audit: 'material/change',
      about: 'edition',
      handle: change,
    },
    ...ownLessonRoutes(showMaterial),
    ...pictureRoutes(readPicture, showMaterial),
  ];
}
