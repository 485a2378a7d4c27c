import { z } from 'zod';
import { loadOwnPackage } from '../../../commands/material/material.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { type Filter, filters, unitHref } from './hrefs.ts';
import { type LessonTexts, loadLessonTexts } from './lessonDesk.ts';
import { lessonFor, nextUnfinished } from './workbenchPage.ts';

/** What every form of the workbench says about where it stands. */
export const showForm = z.object({ lesson: z.string().max(100).default(''), show: z.enum(filters).catch('all') });
/** From which page a back-translation comes. */
export const fromForm = z.enum(['workbench', 'review']).catch('workbench');

/** The lesson that a form stands in, or the first that has the segment. Throws `unitUnknown`. */
export async function lessonOf({ world, edition }: EditionContext, asked: string, segment: string): Promise<string> {
  const { lessonPackage } = await loadOwnPackage(world.store, edition);
  const lesson = lessonFor(lessonPackage, asked, segment);
  if (lesson === null) throw new DomainError('unitUnknown', { segment });
  return lesson;
}

/** What was done, told once on the next page. */
export const said = (done: string, segment: string) => ({ key: `edition:workbench.said.${done}`, values: { segment } });

/**
 * To the next unfinished unit after the one just written. Its own text does not matter for that, so the lesson may be
 * read while it is saved: `reading`.
 */
export async function goOn(
  context: EditionContext,
  lesson: string,
  segment: string,
  show: Filter,
  done: string,
  reading: Promise<LessonTexts> = loadLessonTexts(context, lesson),
): Promise<Reply> {
  const texts = await reading;
  const next = nextUnfinished(texts, texts.lesson, show, segment);
  return {
    kind: 'redirect',
    to: unitHref(context.edition.tag, lesson, next ?? segment, show),
    said: said(next === null ? `${done}Last` : done, segment),
  };
}
