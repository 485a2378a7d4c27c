import { breathe } from '../breathe.ts';
import type { Store } from '../commands/ports.ts';
import { judgedOn } from '../domain/edition/demonstration.ts';
import type { Edition, EditionTag } from '../domain/edition/edition.ts';
import type { Publication, PublicationLesson, PublishedLesson } from '../domain/edition/publication.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import type { Recall } from '../domain/recall/recall.ts';
import { historyWithAhead, raiseHistory } from '../domain/release/ownHistory.ts';
import type { Hash } from '../domain/release/release.ts';
import type { Day } from '../domain/time.ts';
import { type Newest, standingOf } from './freshness.ts';
import type { GoneKind, Standing } from './pointer.ts';
import { segmentsIn } from './setNotes.ts';

/** A lesson of the manifest with everything that decides how readers see it. */
export type LoadedLesson = {
  readonly entry: PublicationLesson;
  readonly published: PublishedLesson;
  readonly standing: Standing;
  readonly recall: Recall | null;
  /** Why it cannot be read now. */
  readonly gone: GoneKind | null;
};

export type LoadedEdition = {
  readonly edition: Edition;
  /** The one readers see; the last one when the edition is withdrawn. */
  readonly publication: Publication;
  /** Every publication ever, oldest first. */
  readonly publications: readonly Publication[];
  readonly lessons: readonly LoadedLesson[];
  readonly newest: Newest;
  readonly recalls: readonly Recall[];
};

/** The recall that takes a lesson off: an order for the lesson, or for any segment placed in it. */
export function recallOf(
  recalls: readonly Recall[],
  lesson: string,
  segments: ReadonlySet<SegmentId> | readonly SegmentId[],
): Recall | null {
  const placed = new Set(segments);
  const fits = (recall: Recall): boolean =>
    recall.target.kind === 'lesson' ? recall.target.lesson === lesson : placed.has(recall.target.segment);
  return recalls.find(fits) ?? null;
}

async function loadNewest(
  store: Store,
  segments: readonly SegmentId[],
  { upstream, raised = {} }: Edition,
  judged: (newestRelease: Day) => Day,
): Promise<Newest | null> {
  const releases = [...(await store.releases.all())].sort((one, other) =>
    one.number.localeCompare(other.number, 'en', { numeric: true }),
  );
  const last = releases.at(-1);
  if (!last) return null;
  const [lessonPackage, history] = await Promise.all([
    store.releases.lessonPackage(last.number),
    store.releases.history(segments),
  ]);
  // As the edition reads it: with the severities that it raised, and the texts that it once took ahead.
  const taken = [...upstream.ahead, ...(upstream.passed ?? [])];
  const own = historyWithAhead(raiseHistory(history, releases, raised), releases, taken, raised);
  return { releases, lessonPackage, history: own, today: judged(last.on) };
}

function goneKind(edition: Edition, recall: Recall | null, standing: Standing): GoneKind | null {
  if (recall) return 'recalled';
  if (edition.withdrawn || edition.publication === null) return 'withdrawn';
  return standing.kind === 'withheld' ? 'withheld' : null;
}

/** Everything the public pages of an edition are made from; null when there is nothing to show. */
export async function loadEdition(
  store: Store,
  tag: EditionTag,
  today: Day,
  lessonOf: (hash: Hash) => Promise<PublishedLesson | null> = (hash) => store.publications.lesson(hash),
): Promise<LoadedEdition | null> {
  const edition = await store.editions.byTag(tag);
  if (!edition) return null;
  const publications = [...(await store.publications.ofEdition(tag))].sort((one, other) => one.number - other.number);
  const publication = publications.find(({ number }) => number === edition.publication) ?? publications.at(-1);
  if (!publication || (edition.publication === null && !edition.withdrawn)) return null;
  const found = await Promise.all(
    publication.lessons.map(async (entry) => ({ entry, published: await lessonOf(entry.hash) })),
  );
  const present = found.flatMap(({ entry, published }) => (published ? [{ entry, published }] : []));
  const segments = [...new Set(present.flatMap(({ published }) => segmentsIn(published.lesson)))];
  const [newest, recalls] = await Promise.all([
    loadNewest(store, segments, edition, (released) => judgedOn(edition, today, [released, publication.on])),
    store.recalls.inForce(),
  ]);
  if (!newest) return null;
  const lessons: LoadedLesson[] = [];
  for (const { entry, published } of present) {
    await breathe();
    const standing = standingOf(entry, published, newest);
    const recall = recallOf(recalls, entry.lesson, segmentsIn(published.lesson));
    lessons.push({ entry, published, standing, recall, gone: goneKind(edition, recall, standing) });
  }
  return { edition, publication, publications, lessons, newest, recalls };
}
