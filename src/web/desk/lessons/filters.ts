import { type LessonWork, loadOf } from '../../../domain/edition/assignment.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import type { Desk } from '../today/loadDesk.ts';
import type { Hands } from './hands.ts';

/** Which lessons the list shows. */
export const shows = ['all', 'mine', 'free', 'late'] as const;
export type Show = (typeof shows)[number];

export const asShow = (text: string | undefined): Show => shows.find((each) => each === text) ?? 'all';

export type FilterLink = {
  readonly show: Show;
  readonly text: string;
  readonly count: number;
  readonly href: string;
  readonly current: boolean;
};

export const isShown = (row: Pick<Hands, 'mine' | 'free' | 'late'>, show: Show): boolean => show === 'all' || row[show];

export function filterLinks(
  t: Translate,
  tag: string,
  rows: readonly Pick<Hands, 'mine' | 'free' | 'late'>[],
  show: Show,
): readonly FilterLink[] {
  return shows.map((each) => ({
    show: each,
    text: t(`work:filters.${each}`),
    count: rows.filter((row) => isShown(row, each)).length,
    href: `${paths.editionLessons.to(tag)}${each === 'all' ? '' : `?${new URLSearchParams({ show: each })}`}`,
    current: each === show,
  }));
}

export type LoadRow = {
  readonly name: string;
  readonly lessons: number;
  readonly translate: number;
  readonly review: number;
  readonly late: number;
};

/** What everybody who can work has open: also those with nothing, since they have hands free. */
export function loadRows(desk: Desk, works: ReadonlyMap<string, LessonWork>): readonly LoadRow[] {
  const atWork = desk.assignments.filter(({ lesson }) => desk.working.edition.lessons[lesson]?.state !== 'leftOut');
  const loads = loadOf(atWork, (lesson) => works.get(lesson), desk.today);
  const active = desk.colleagues.filter((person) => person.state === 'active');
  const loaded = loads.flatMap(({ person, ...load }): readonly LoadRow[] => {
    const somebody = active.find((each) => each.id === person);
    return somebody === undefined ? [] : [{ name: somebody.name, ...load }];
  });
  const idle = active
    .filter((person) => !loads.some((load) => load.person === person.id))
    .map((person): LoadRow => ({ name: person.name, lessons: 0, translate: 0, review: 0, late: 0 }));
  return [...loaded, ...idle];
}
