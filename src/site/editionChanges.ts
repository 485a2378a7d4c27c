import type { EditionTag } from '../domain/edition/edition.ts';
import type { Publication, PublicationLesson } from '../domain/edition/publication.ts';
import type { LessonId } from '../domain/package/lessonPackage.ts';
import type { Release, Severity } from '../domain/release/release.ts';
import type { Day, Instant } from '../domain/time.ts';
import type { Told } from '../formats/page/told.ts';
import { addresses } from './addresses.ts';
import type { LoadedEdition } from './loadEdition.ts';
import type { PagedLesson } from './pagedLesson.ts';
import type { SetNote } from './pointer.ts';
import { segmentsIn, setsTouching, worst } from './setNotes.ts';
import { type Tell, tellerOf } from './tell.ts';

export type ChangedLesson = {
  readonly lesson: LessonId;
  /** Null of a lesson that is not in the edition any more. */
  readonly title: string | null;
  readonly href: string;
  readonly kind: 'added' | 'changed' | 'removed';
  /** What the baseline changed in it, as far as this publication brought it; empty for words or numbers of its own. */
  readonly sets: readonly Told[];
};

/** A change that the edition does not have yet, and its lessons that wait for it. */
export type WaitingChange = Told & { readonly lessons: readonly Pick<ChangedLesson, 'lesson' | 'title' | 'href'>[] };

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

type Named = (lesson: LessonId) => Pick<ChangedLesson, 'lesson' | 'title' | 'href'>;

const nameOf = (tag: EditionTag, lesson: LessonId, title: string | null) => ({
  lesson,
  title,
  href: addresses.lesson(tag, lesson),
});

/** Told by the lesson as it is now. */
const toldBetween =
  (releases: readonly Release[], shown: ReadonlyMap<LessonId, PagedLesson>, tell: Tell) =>
  (earlier: PublicationLesson, entry: PublicationLesson): readonly Told[] => {
    const lesson = shown.get(entry.lesson);
    return setsBetween(releases, lesson, earlier, entry).map((note) => tell(note, lesson?.page ?? null));
  };

/** The changes that an edition waits for, each with its lessons that can be read. */
export function waitingOf(
  loaded: LoadedEdition,
  lessons: readonly PagedLesson[],
  sets: readonly SetNote[],
): readonly WaitingChange[] {
  const tell = tellerOf(loaded);
  return sets.map((note) => ({
    ...tell(note, null),
    lessons: lessons
      .filter(({ gone, standing }) => gone === null && standing.sets.some(({ id }) => id === note.id))
      .map(({ page }) => nameOf(loaded.edition.tag, page.lesson, page.title)),
  }));
}

/** What each publication of an edition changed, newest first. */
export function changesOf(loaded: LoadedEdition, lessons: readonly PagedLesson[]): readonly PublicationChange[] {
  const { edition, publications, newest } = loaded;
  const shown = new Map(lessons.map((lesson) => [lesson.page.lesson, lesson]));
  const named: Named = (lesson) => nameOf(edition.tag, lesson, shown.get(lesson)?.page.title ?? null);
  const setsOf = toldBetween(newest.releases, shown, tellerOf(loaded));
  return publications
    .map((publication, place) => {
      const before = place === 0 ? null : (publications[place - 1] ?? null);
      const changed = before === null ? [] : changedLessons(before, publication, setsOf, named);
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
  setsOf: (earlier: PublicationLesson, entry: PublicationLesson) => readonly Told[],
  named: Named,
): readonly ChangedLesson[] {
  const had = new Map(before.lessons.map((entry) => [entry.lesson, entry]));
  const has = new Set(now.lessons.map(({ lesson }) => lesson));
  const there = now.lessons.flatMap((entry): ChangedLesson[] => {
    const earlier = had.get(entry.lesson);
    if (earlier === undefined) return [{ ...named(entry.lesson), kind: 'added', sets: [] }];
    if (earlier.hash === entry.hash) return [];
    return [{ ...named(entry.lesson), kind: 'changed', sets: setsOf(earlier, entry) }];
  });
  const gone = before.lessons
    .filter(({ lesson }) => !has.has(lesson))
    .map((entry): ChangedLesson => ({ ...named(entry.lesson), kind: 'removed', sets: [] }));
  return [...there, ...gone];
}
