import type { LessonPage } from '../../formats/page/lessonPage.ts';

/** The lessons before and after one in its band. */
export type Neighbour = { readonly lesson: string; readonly title: string; readonly href: string };
export type Neighbours = { readonly previous: Neighbour | null; readonly next: Neighbour | null };
export const noNeighbours: Neighbours = { previous: null, next: null };

/** A part of the page: its anchor and the key of its name. */
type Entry = { readonly id: string; readonly key: string };

/** The words for a child who tells something: in the frame or the lesson's own box, below the lesson, or the help. */
export function tellsHref(
  { before }: LessonPage,
  { framed, safeguarding }: { readonly framed: readonly object[]; readonly safeguarding: readonly object[] },
): string {
  if (framed.length > 0 || before.some(({ kind }) => kind === 'statement')) return '#tells';
  return safeguarding.length > 0 ? '#safeguarding' : '#help-title';
}

/** The parts that this lesson really has, in the order of the page. */
export function contentsOf(
  page: LessonPage,
  { safeguarding }: { readonly safeguarding: readonly object[] },
): readonly Entry[] {
  const entry = (id: string, key: string, there: boolean): readonly Entry[] => (there ? [{ id, key }] : []);
  return [
    ...entry('before-title', 'lesson.before', page.before.length > 0),
    ...entry('messages', 'lesson.messages', page.messages.length > 0),
    ...entry('objectives', 'lesson.objectives', page.objectives.length > 0),
    ...entry('materials', 'lesson.materials', page.materials.length > 0),
    ...entry('steps', 'lesson.steps', page.steps.length > 0),
    ...entry('questions', 'lesson.questions', page.questions.length > 0),
    ...entry('safeguarding', 'lesson.more', safeguarding.length > 0),
    ...entry('changed', 'lesson.changed', !page.imprint.draft),
  ];
}
