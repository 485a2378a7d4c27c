import { breathe } from '../../breathe.ts';
import type { Upstream } from '../../domain/edition/edition.ts';
import type { Publication, PublicationLesson, PublishedLesson } from '../../domain/edition/publication.ts';
import { publishedLessonHash, publishedLessonOf, withNewest } from '../../domain/edition/publishedLesson.ts';
import { type LookedAt, readinessOf } from '../../domain/edition/readiness.ts';
import type { WorkingEdition } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import type { EditionFacts } from '../edition/loadWorking.ts';
import type { Store } from '../ports.ts';

/** `check → texts → files → open`: what the publish page shows while it runs. */
export type PublishStep = {
  readonly step: 'check' | 'texts' | 'files' | 'open';
  readonly done: number;
  readonly of: number;
};

type Composed = { readonly working: WorkingEdition; readonly facts: EditionFacts; readonly lookedAt: LookedAt };
type Entry = Pick<PublicationLesson, 'lesson' | 'hash' | 'release' | 'ahead'>;

/** Between two lessons others are served. Throws `lessonUnknown`, and `notReady` for the first lesson that something stops. */
export async function checkReady(
  working: WorkingEdition,
  facts: EditionFacts,
  lessons: readonly LessonId[],
  today: string,
  lookedAt: LookedAt,
): Promise<void> {
  for (const id of lessons) {
    await breathe();
    const lesson = working.lessonPackage.lessons.find((candidate) => candidate.id === id);
    if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
    const readiness = readinessOf(working, lesson, facts.facts, facts.stops, today, lookedAt);
    if (!readiness.ready) {
      const count = readiness.obstacles.filter((obstacle) => obstacle.stops).length;
      throw new DomainError('notReady', { lesson: id, count });
    }
  }
}

/** The lessons of a publication: the chosen ones from the working text, the others as they were last published. */
export async function composeLessons(
  store: Store,
  { working, facts, lookedAt }: Composed,
  previous: Publication | null,
  chosen: readonly LessonId[],
  onStep: (step: PublishStep) => void,
): Promise<{ readonly entries: readonly Entry[]; readonly bodies: ReadonlyMap<string, PublishedLesson> }> {
  const entries: Entry[] = [];
  const bodies = new Map<string, PublishedLesson>();
  const { lessons } = working.lessonPackage;
  const add = (body: PublishedLesson, { release, ahead = [] }: Pick<Upstream, 'release'> & Partial<Upstream>) => {
    const hash = publishedLessonHash(body);
    bodies.set(hash, body);
    entries.push({ lesson: body.lesson.id, hash, release, ...(ahead.length === 0 ? {} : { ahead }) });
  };
  const addAsPublished = async (old: PublicationLesson | undefined) => {
    const body = old === undefined ? null : await store.publications.lesson(old.hash);
    if (old !== undefined && body !== null) add(withNewest(body, working, facts.facts, lookedAt), old);
  };
  for (const [index, lesson] of lessons.entries()) {
    await breathe();
    onStep({ step: 'texts', done: index + 1, of: lessons.length });
    const state = working.edition.lessons[lesson.id]?.state;
    if (state === 'leftOut') continue;
    if (chosen.includes(lesson.id)) {
      add(publishedLessonOf(working, lesson, facts.facts), working.edition.upstream);
      continue;
    }
    await addAsPublished(previous?.lessons.find((entry) => entry.lesson === lesson.id));
  }
  // A lesson that the baseline removed never goes in silence: it stays as published until a person withdraws it.
  const known = new Set(lessons.map((lesson) => lesson.id));
  for (const old of previous?.lessons ?? []) {
    if (known.has(old.lesson) || working.edition.lessons[old.lesson]?.state === 'leftOut') continue;
    await addAsPublished(old);
  }
  return { entries, bodies };
}
