import type { World } from '../ports.ts';

/**
 * Reads the translation memory of every language that has an edition, one after another, so that the first person at
 * the desk does not wait for it. `pause` is asked before each: other work goes first. A language that cannot be read is
 * told and passed over; the desk reads it when it is asked for.
 */
export async function warmMemory(
  { store, now }: Pick<World, 'store' | 'now'>,
  pause: () => Promise<boolean>,
  onFailure: (language: string, error: unknown) => void,
): Promise<readonly string[]> {
  const editions = await store.editions.all();
  const read: string[] = [];
  for (const language of new Set(editions.map((edition) => edition.language))) {
    if (!(await pause())) break;
    try {
      await store.translationMemory.index(language, now());
      read.push(language);
    } catch (error) {
      onFailure(language, error);
    }
  }
  return read;
}
