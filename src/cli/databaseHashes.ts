import type { Store } from '../commands/ports.ts';
import { codeOf } from '../domain/edition/code.ts';
import type { Publication } from '../domain/edition/publication.ts';
import { publicationRoot, publishedLessonHash } from '../domain/edition/publishedLesson.ts';
import { packageRoot } from '../domain/release/merkle.ts';

export type HashReport = {
  readonly releases: number;
  readonly publications: number;
  /** Published lessons, each counted once however many publications name it. */
  readonly lessons: number;
  readonly faults: readonly { readonly place: string; readonly problem: string }[];
};

/** Computes anew what releases and publications are named by: the Merkle root of each release, the hash of each lesson. */
export async function recomputeHashes(
  store: Store,
  onProgress: (step: string, done: number, of: number) => void = () => {},
): Promise<HashReport> {
  const faults: { readonly place: string; readonly problem: string }[] = [];
  const fault = (place: string, problem: string) => void faults.push({ place, problem });
  const releases = await store.releases.all();
  const numbers = new Set(releases.map(({ number }) => number));
  for (const [place, release] of releases.entries()) {
    onProgress('releases', place, releases.length);
    const name = `release ${release.number}`;
    if (release.previous !== null && !numbers.has(release.previous))
      fault(name, `follows release ${release.previous}, which is not there`);
    await attempt(name, fault, async () => {
      const root = packageRoot(await store.releases.lessonPackage(release.number));
      if (root !== release.root) fault(name, `its content has the root ${root}, not ${release.root}`);
    });
  }
  const editions = await store.editions.all();
  const publications: Publication[] = [];
  for (const { tag } of editions) publications.push(...(await store.publications.ofEdition(tag)));
  const looked = new Set<string>();
  for (const [place, publication] of publications.entries()) {
    onProgress('publications', place, publications.length);
    const name = `publication ${publication.edition}/${publication.number}`;
    const root = publicationRoot(publication);
    if (root !== publication.root) fault(name, `its manifest has the root ${root}, not ${publication.root}`);
    for (const { lesson, hash, code } of publication.lessons) {
      if (code !== codeOf(hash)) fault(name, `lesson ${lesson} has the code ${code}, its hash gives ${codeOf(hash)}`);
      if (looked.has(hash)) continue;
      looked.add(hash);
      await attempt(name, fault, async () => {
        const published = await store.publications.lesson(hash);
        if (published === null) fault(name, `lesson ${lesson} (${hash}) is not there`);
        else if (publishedLessonHash(published) !== hash)
          fault(name, `lesson ${lesson} has the hash ${publishedLessonHash(published)}, not ${hash}`);
      });
    }
  }
  for (const { tag } of editions) {
    const given = publications.filter(({ edition }) => edition === tag).map(({ number }) => number);
    for (let number = 1; number < Math.max(0, ...given); number++)
      if (!given.includes(number)) fault(`edition ${tag}`, `publication ${number} is not there, though later ones are`);
  }
  return { releases: releases.length, publications: publications.length, lessons: looked.size, faults };
}

async function attempt(
  name: string,
  fault: (place: string, problem: string) => void,
  read: () => Promise<void>,
): Promise<void> {
  try {
    await read();
  } catch (error) {
    fault(name, error instanceof Error ? error.message : String(error));
  }
}
