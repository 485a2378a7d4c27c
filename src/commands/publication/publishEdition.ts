import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import type { Publication, PublishedLesson } from '../../domain/edition/publication.ts';
import { publicationOf } from '../../domain/edition/publishedLesson.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import { dayOf } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadChecks } from '../checks/loadChecks.ts';
import { loadEdition, loadFacts, loadWorking } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { checkReady, composeLessons, type PublishStep } from './composeLessons.ts';

export type PublishEdition = {
  readonly edition: string;
  /** Lessons to take from the working text; the other published ones stay as they were. Empty: facts only. */
  readonly lessons: readonly LessonId[];
  /** The edition's revision on the page that showed its readiness. */
  readonly revision: number;
};

/**
 * Publishes: lessons from the working text, the others as last published, facts and shared core texts always the newest.
 * The files are built first; then the publication, the pointer, the event and its notices are one transaction; then the
 * public folder's pointer is flipped. Killed anywhere, readers see the old or the new. Throws `notReady`,
 * `nothingToPublish`, `staleRevision`.
 */
export async function publishEdition(
  world: World,
  actor: Actor,
  input: PublishEdition,
  onStep: (step: PublishStep) => void = () => {},
): Promise<Publication> {
  const edition = await loadEdition(world.store, input.edition);
  const person = authorize(actor, 'edition:publish', { partner: edition.partner });
  if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
  return publish(world, edition, person.id, input.lessons, onStep);
}

/**
 * A corrected or suspended fact goes out at once, in every published edition of the country; no text is touched and no
 * review is needed. The caller has asked who may.
 */
export async function publishFacts(world: World, country: string, by: string): Promise<void> {
  const editions = (await world.store.editions.all()).filter(
    (edition) => edition.country === country && edition.publication !== null,
  );
  for (const edition of editions) await publish(world, edition, by, [], () => {});
}

/** The first publication of imported sample data; skipped when a start that was killed had come that far already. */
export async function publishSeeded(
  world: World,
  tag: string,
  lessons: readonly LessonId[],
  by: string,
): Promise<void> {
  const edition = await loadEdition(world.store, tag);
  if (edition.publication === null) await publish(world, edition, by, lessons, () => {});
}

async function publish(
  world: World,
  edition: Edition,
  by: string,
  lessons: readonly LessonId[],
  onStep: (step: PublishStep) => void,
): Promise<Publication> {
  const { store } = world;
  const now = world.now();
  onStep({ step: 'check', done: 0, of: 1 });
  const working = await loadWorking(store, edition);
  const facts = await loadFacts(store, edition, working.lessonPackage, now);
  const checks = await loadChecks(world, working);
  await checkReady(working, facts, lessons, dayOf(now), checks.of);
  const previous =
    edition.publication === null ? null : await store.publications.byNumber(edition.tag, edition.publication);
  const { entries, bodies } = await composeLessons(
    store,
    { working, facts, lookedAt: checks.of },
    previous,
    lessons,
    onStep,
  );
  if (entries.length === 0) throw new DomainError('nothingToPublish');
  const publication = publicationOf(
    {
      previous,
      number: (await store.publications.newestNumber(edition.tag)) + 1,
      on: dayOf(now),
      at: now,
      by,
      kind: lessons.length === 0 ? 'factsOnly' : 'lessons',
      demonstration: edition.demonstration,
      edition: edition.tag,
    },
    entries,
  );
  await world.site.prepare(edition, publication, bodies, (done, of) => onStep({ step: 'files', done, of }));
  onStep({ step: 'open', done: 0, of: 1 });
  await record(world, edition, publication, bodies, by);
  await world.site.project(edition.tag);
  onStep({ step: 'open', done: 1, of: 1 });
  return publication;
}

async function record(
  world: World,
  edition: Edition,
  publication: Publication,
  bodies: ReadonlyMap<string, PublishedLesson>,
  by: string,
): Promise<void> {
  await world.store.transaction(async (store) => {
    for (const [hash, lesson] of bodies) await store.publications.addLesson(hash, lesson);
    await store.publications.add(publication);
    await store.editions.save({
      ...edition,
      publication: publication.number,
      withdrawn: null,
      revision: edition.revision + 1,
    });
    await announce(world, store, {
      kind: 'editionPublished',
      by,
      edition: edition.tag,
      partner: edition.partner,
      number: publication.number,
      lessons: publication.lessons.length,
    });
  });
}
