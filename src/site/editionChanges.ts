import type { EditionTag, Publication, PublicationLesson } from '../domain/edition/edition.ts';
import type { LessonId } from '../domain/package/lessonPackage.ts';
import type { Release, Severity } from '../domain/release/release.ts';
import type { Day, Instant } from '../domain/time.ts';
import { addresses } from './addresses.ts';
import type { LoadedEdition } from './loadEdition.ts';
import type { PagedLesson } from './pagedLesson.ts';
import type { SetNote } from './pointer.ts';
import { segmentsIn, setsTouching, worst } from './setNotes.ts';

export type ChangedLesson = {
  readonly lesson: LessonId;
  /** Null of a lesson that is not in the edition any more. */
  readonly title: string | null;
  readonly href: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** What the baseline changed in it, as far as this publication brought it; empty for words or numbers of its own. */
  readonly sets: readonly SetNote[];
};

/** What one publication brought to readers. */
export type PublicationChange = {
  readonly edition: EditionTag;
  readonly number: number;
  readonly on: Day;
  readonly at: Instant;
  readonly root: string;
  /** The first publication of all. */
  readonly first: boolean;
  /** Corrected national information only. */
  readonly factsOnly: boolean;
  readonly severity: Severity | null;
  readonly lessons: readonly ChangedLesson[];
};

/** Publications that a page and a feed tell of; earlier ones are counted. */
const most = 20;

/** The sets that came to a lesson between two publications of it. */
function setsBetween(
  releases: readonly Release[],
  lesson: PagedLesson | undefined,
  before: PublicationLesson,
  now: PublicationLesson,
): readonly SetNote[] {
  if (lesson === undefined) return [];
  const at = (number: string): number => releases.findIndex((release) => release.number === number);
  const [from, to] = [at(before.release), at(now.release)];
  const had = new Set(before.ahead ?? []);
  const taken = new Set(now.ahead ?? []);
  return setsTouching(releases, now.lesson, new Set(segmentsIn(lesson.published.lesson)))
    .map(({ note }) => note)
    .filter((note) => {
      const place = at(note.release);
      const arrived = (place > from && place <= to) || taken.has(note.id);
      return arrived && !had.has(note.id);
    });
}

/** What each publication of an edition changed, newest first. */
export function changesOf(loaded: LoadedEdition, lessons: readonly PagedLesson[]): readonly PublicationChange[] {
  const { edition, publications, newest } = loaded;
  const shown = new Map(lessons.map((lesson) => [lesson.page.lesson, lesson]));
  const named = (lesson: LessonId) => ({
    lesson,
    title: shown.get(lesson)?.page.title ?? null,
    href: addresses.lesson(edition.tag, lesson),
  });
  return publications
    .map((publication, place) => {
      const before = place === 0 ? null : (publications[place - 1] ?? null);
      const changed = before === null ? [] : changedLessons(before, publication, newest.releases, shown, named);
      return {
        edition: edition.tag,
        number: publication.number,
        on: publication.on,
        at: publication.at,
        root: publication.root,
        first: before === null,
        factsOnly: publication.kind === 'factsOnly',
        severity: worst(changed.flatMap(({ sets }) => sets.map(({ severity }) => severity))),
        lessons: changed,
      };
    })
    .slice(-most)
    .reverse();
}

function changedLessons(
  before: Publication,
  now: Publication,
  releases: readonly Release[],
  shown: ReadonlyMap<LessonId, PagedLesson>,
  named: (lesson: LessonId) => Pick<ChangedLesson, 'lesson' | 'title' | 'href'>,
): readonly ChangedLesson[] {
  const had = new Map(before.lessons.map((entry) => [entry.lesson, entry]));
  const has = new Set(now.lessons.map(({ lesson }) => lesson));
  const there = now.lessons.flatMap((entry): ChangedLesson[] => {
    const earlier = had.get(entry.lesson);
    if (earlier === undefined) return [{ ...named(entry.lesson), kind: 'added', sets: [] }];
    if (earlier.hash === entry.hash) return [];
    const sets = setsBetween(releases, shown.get(entry.lesson), earlier, entry);
    return [{ ...named(entry.lesson), kind: 'changed', sets }];
  });
  const gone = before.lessons
    .filter(({ lesson }) => !has.has(lesson))
    .map((entry): ChangedLesson => ({ ...named(entry.lesson), kind: 'removed', sets: [] }));
  return [...there, ...gone];
}
