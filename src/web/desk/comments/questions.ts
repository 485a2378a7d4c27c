import { loadOwnPackage } from '../../../commands/material/material.ts';
import type { Thread } from '../../../domain/comment/comment.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { directionOf } from '../../../domain/language.ts';
import { segmentIn } from '../../../domain/package/lessonPackage.ts';
import type { PersonContext, Reply } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { editionName } from '../frame.ts';
import { lessonsNeeding, namesOf } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { plainRuns } from '../workbench/textRuns.ts';
import { openQuestions } from './openQuestions.ts';
import { namedInThreads, threadView } from './threads.ts';

/** Open questions to the author, over all editions: what waits for an answer first, then what was answered. */
export async function showQuestions(context: PersonContext): Promise<Reply> {
  const { world, t } = context;
  const { store } = world;
  const { waiting, answered } = await openQuestions(store);
  const editions = new Map((await store.editions.all()).map((edition) => [edition.tag, edition]));
  const names = await namesOf(context, namedInThreads([...waiting, ...answered]));
  const rows = async (threads: readonly Thread[]) => {
    const made = await Promise.all(threads.map((thread) => questionRow(context, thread, editions, names)));
    return made.filter((row) => row !== null);
  };
  const data = {
    title: t('bench:questions.title', { count: waiting.length }),
    sheets: ['desk-edition.css', 'desk-workbench.css'],
    frame: await baselineFrame(context, 'questions'),
    waiting: await rows(waiting),
    answered: await rows(answered),
  };
  return { kind: 'page', view: 'desk/comments/questions', data };
}

async function questionRow(
  { world, t, language }: PersonContext,
  thread: Thread,
  editions: ReadonlyMap<string, Edition>,
  names: ReadonlyMap<string, string>,
) {
  const { segment } = thread.first;
  const edition = editions.get(thread.first.edition);
  if (edition === undefined) return null;
  const [{ lessonPackage }, unit] = await Promise.all([
    loadOwnPackage(world.store, edition),
    world.store.units.byId(edition.tag, segment),
  ]);
  const [lesson] = lessonsNeeding(lessonPackage, segment);
  return {
    ...threadView(t, thread, names),
    segment,
    tag: edition.tag,
    edition: editionName(edition, language),
    lesson: lesson ?? '',
    href: lesson === undefined ? null : unitHref(edition.tag, lesson, segment),
    source: plainRuns(segmentIn(lessonPackage, segment)?.text ?? ''),
    ours: plainRuns(unit?.target ?? ''),
    lang: edition.language,
    dir: directionOf(edition.language),
  };
}
