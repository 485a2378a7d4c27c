import type { PublicationLesson } from '../../domain/edition/publication.ts';
import type { Release } from '../../domain/release/release.ts';
import type { SetNote } from '../pointer.ts';

/** A change of the baseline in a lesson. */
export type Changed = {
  readonly note: SetNote;
  /** The published lesson does not have it yet. */
  readonly waiting: boolean;
};

/** The sets that altered a lesson, with those that its edition has not taken in marked as such. */
export function withWaiting(
  sets: readonly Pick<Changed, 'note'>[],
  { release, ahead = [] }: Pick<PublicationLesson, 'release' | 'ahead'>,
  releases: readonly Release[],
): readonly Changed[] {
  const place = (number: string): number => releases.findIndex((each) => each.number === number);
  return sets.map(({ note }) => ({
    note,
    waiting: place(note.release) > place(release) && !ahead.includes(note.id),
  }));
}
