import { backTranslateUnit, confirmUnit } from '../../../commands/edition/reviewUnit.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import type { Previews } from '../preview/port.ts';
import { acceptForm, revision, text } from './acceptForm.ts';
import { dropped, keepTyped, keptSaved } from './draftRoutes.ts';
import { unitHref } from './hrefs.ts';
import { saving } from './saving.ts';
import { showWorkbench } from './showWorkbench.ts';
import { fromForm, goOn, lessonOf, said, showForm } from './wayOn.ts';

const confirmForm = showForm.extend({ revision });

async function confirm(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(confirmForm, context.form);
  const lesson = await lessonOf(context, form.lesson, segment);
  await confirmUnit(world, actor, { edition: edition.tag, segment, revision: form.revision });
  await world.store.unitDrafts.drop(edition.tag, segment, context.person.id);
  return goOn(context, lesson, segment, form.show, 'confirmed');
}

const backForm = showForm.extend({ revision, text, from: fromForm });

async function backTranslate(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(backForm, context.form);
  await backTranslateUnit(world, actor, { edition: edition.tag, segment, revision: form.revision }, form.text);
  const lesson = await lessonOf(context, form.lesson, segment).catch(() => null);
  const toReview = form.from === 'review' || lesson === null;
  const review = `${paths.review.to(edition.tag)}?${new URLSearchParams({ lesson: form.lesson })}#unit-${encodeURIComponent(segment)}`;
  return {
    kind: 'redirect',
    to: toReview ? review : unitHref(edition.tag, lesson, segment, form.show),
    said: said('backTranslated', segment),
  };
}

/** The workbench, over the words that readers' pages are made with. */
export function workbenchRoutes(previews: Pick<Previews, 'words'>): readonly Route[] {
  const { save, undo } = saving(previews);
  const writing = { method: 'post', allow: 'unit:write', about: 'edition' } as const;
  return [
    {
      method: 'get',
      path: paths.workbench.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: 'edition',
      handle: (context) => showWorkbench(context, previews, context.params.lesson ?? ''),
    },
    { ...writing, path: paths.unit.pattern, audit: 'unit/save', handle: save },
    { ...writing, path: paths.unitUndo.pattern, audit: 'unit/undo', handle: undo },
    { ...writing, path: paths.unitKept.pattern, audit: 'unit/keepSaved', handle: keptSaved },
    { ...writing, path: paths.unitDraft.pattern, audit: 'nothing', handle: keepTyped(previews) },
    { ...writing, path: paths.unitDraftDropped.pattern, audit: 'nothing', handle: dropped },
    { ...writing, path: paths.unitConfirmation.pattern, audit: 'unit/confirm', handle: confirm },
    { ...writing, path: paths.unitBackTranslation.pattern, audit: 'unit/backTranslate', handle: backTranslate },
  ];
}
