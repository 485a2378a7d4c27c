import type { Store } from '../../src/commands/ports.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import type { Publication, PublishedLesson } from '../../src/domain/edition/publication.ts';
import type { LessonPackage } from '../../src/domain/package/lessonPackage.ts';
import type { Recall } from '../../src/domain/recall/recall.ts';
import type { Release, SegmentRevision } from '../../src/domain/release/release.ts';

/** What the projector reads, changeable by a test. */
export type Shelf = {
  editions: Edition[];
  publications: Publication[];
  lessons: Map<string, PublishedLesson>;
  releases: Release[];
  packages: Map<string, LessonPackage>;
  history: Record<string, readonly SegmentRevision[]>;
  recalls: Recall[];
};

/** Only the readers that the projector uses; anything else fails loudly. */
export function fakeStore(shelf: Shelf): Store {
  const store = {
    editions: {
      all: async () => shelf.editions,
      byTag: async (tag: string) => shelf.editions.find((edition) => edition.tag === tag) ?? null,
    },
    publications: {
      ofEdition: async (tag: string) => shelf.publications.filter(({ edition }) => edition === tag),
      lesson: async (hash: string) => shelf.lessons.get(hash) ?? null,
    },
    releases: {
      all: async () => shelf.releases,
      lessonPackage: async (number: string) => shelf.packages.get(number),
      history: async (segments: readonly string[]) =>
        Object.fromEntries(segments.map((segment) => [segment, shelf.history[segment] ?? []])),
    },
    recalls: { inForce: async () => shelf.recalls.filter((recall) => recall.inForceSince && !recall.liftedAt) },
  };
  return store as unknown as Store;
}
