import type { PublicationLesson, PublishedLesson } from '../domain/edition/publication.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import type { Hash } from '../domain/release/release.ts';
import { type LoadedEdition, recallOf } from './loadEdition.ts';
import type { PagedLesson } from './pagedLesson.ts';
import type { CodeRow, SetNote } from './pointer.ts';
import { segmentsIn, setsTouching } from './setNotes.ts';
import { type Tell, tellerOf } from './tell.ts';

/** What is kept in memory of a lesson that was printed once. */
export type PrintedLesson = {
  readonly title: string;
  readonly segments: readonly SegmentId[];
  /** The numbers on the paper by fact. */
  readonly phones: Readonly<Record<string, string>>;
};

export function printedLesson(published: PublishedLesson, title: string): PrintedLesson {
  const phones = Object.values(published.facts).flatMap(({ key, neutral }): (readonly [string, string])[] =>
    neutral.phone ? [[key, neutral.display ?? neutral.phone]] : [],
  );
  return { title, segments: segmentsIn(published.lesson), phones: Object.fromEntries(phones) };
}

/** Every code that any publication of the edition ever printed, with today's verdict. */
export async function codeRows(
  loaded: LoadedEdition,
  lessons: readonly PagedLesson[],
  printedOf: (hash: Hash) => Promise<PrintedLesson | null>,
): Promise<readonly CodeRow[]> {
  const entries = new Map<string, PublicationLesson>();
  for (const publication of loaded.publications) {
    for (const entry of publication.lessons) entries.set(entry.code, entry);
  }
  const rows: CodeRow[] = [];
  const around = { loaded, lessons, printedOf, tell: tellerOf(loaded) };
  for (const entry of entries.values()) {
    const printed = await printedOf(entry.hash);
    if (printed) rows.push(await rowOf(around, entry, printed));
  }
  return rows.sort((one, other) => one.code.localeCompare(other.code, 'en'));
}

type Around = {
  readonly loaded: LoadedEdition;
  readonly lessons: readonly PagedLesson[];
  readonly printedOf: (hash: Hash) => Promise<PrintedLesson | null>;
  readonly tell: Tell;
};

async function rowOf(
  { loaded, lessons, printedOf, tell }: Around,
  entry: PublicationLesson,
  printed: PrintedLesson,
): Promise<CodeRow> {
  const now = lessons.find((lesson) => lesson.entry.lesson === entry.lesson) ?? null;
  const recall = recallOf(loaded.recalls, entry.lesson, printed.segments);
  const same = now?.entry.hash === entry.hash;
  const present = now ? await printedOf(now.entry.hash) : null;
  const gone = recall ? 'recalled' : now === null ? withdrawal(loaded) : now.gone === 'recalled' ? null : now.gone;
  return {
    code: entry.code,
    lesson: entry.lesson,
    title: printed.title,
    number: entry.lessonEdition.number,
    on: entry.lessonEdition.on,
    release: entry.release,
    verdict: gone ?? (same ? 'current' : 'replaced'),
    since: recall?.inForceSince?.slice(0, 10) ?? (same ? null : replacedOn(loaded, entry)),
    now: now && {
      number: now.entry.lessonEdition.number,
      on: now.entry.lessonEdition.on,
      release: now.entry.release,
    },
    phones: Object.entries(printed.phones).map(([key, display]) => ({
      display,
      right: present?.phones[key] === display,
    })),
    changes:
      same || now === null
        ? []
        : changesBetween(loaded, entry, now.entry, printed.segments).map((note) => tell(note, now.page)),
    recall: recall && { id: recall.id, reason: recall.reason, instead: recall.instead },
  };
}

const withdrawal = (loaded: LoadedEdition): 'withdrawn' | 'leftOut' =>
  loaded.edition.withdrawn || loaded.edition.publication === null ? 'withdrawn' : 'leftOut';

/** The day of the first publication after the last one that carried this code. */
function replacedOn(loaded: LoadedEdition, entry: PublicationLesson): string | null {
  const last = loaded.publications.findLastIndex(({ lessons }) => lessons.some(({ code }) => code === entry.code));
  return loaded.publications[last + 1]?.on ?? null;
}

/** What the baseline changed in the lesson between two releases, most severe first. */
function changesBetween(
  loaded: LoadedEdition,
  from: PublicationLesson,
  to: PublicationLesson,
  segments: readonly SegmentId[],
): readonly SetNote[] {
  const at = (number: string): number => loaded.newest.releases.findIndex((release) => release.number === number);
  const between = loaded.newest.releases.slice(at(from.release) + 1, at(to.release) + 1);
  const order = { safety: 0, content: 1, editorial: 2 } as const;
  return setsTouching(between, from.lesson, new Set(segments))
    .map(({ note }) => note)
    .sort((one, other) => order[one.severity] - order[other.severity])
    .slice(0, 8);
}
