import type { Store } from '../ports.ts';
import { unitSource } from './unitSource.ts';

/** What an export cannot carry, with how much there is of it. */
export type LeftBehind = {
  /** `tr-TR/A1.pic`, each. */
  readonly pictures: readonly string[];
  /** Texts made from a source that no release has, each as `tr-TR/A1.1`. */
  readonly texts: readonly string[];
  readonly waivers: number;
  /** Open threads. */
  readonly comments: number;
  readonly assignments: number;
  /** Offers to the baseline. */
  readonly offers: number;
};

/** Counts what of the editions stays behind when the content is exported. */
export async function leftBehind(store: Store): Promise<LeftBehind> {
  const [releases, history] = [await store.releases.all(), await store.releases.fullHistory()];
  const pictures: string[] = [];
  const texts: string[] = [];
  const count = { waivers: 0, comments: 0, assignments: 0, offers: 0 };
  for (const { tag, upstream } of await store.editions.all()) {
    const own = (await store.material.pictures(tag)).filter((picture) => !picture.removed);
    pictures.push(...own.map(({ segment }) => `${tag}/${segment}`));
    const lost = (await store.units.ofEdition(tag)).filter(
      (unit) => unitSource(unit, history[unit.segment] ?? [], upstream.release, releases) === null,
    );
    texts.push(...lost.map(({ segment }) => `${tag}/${segment}`));
    count.waivers += (await store.waivers.ofEdition(tag)).length;
    count.comments += (await store.comments.open(tag)).length;
    count.assignments += (await store.assignments.ofEdition(tag)).length;
    count.offers += (await store.sendBacks.ofEdition(tag)).length;
  }
  return { pictures, texts, ...count };
}
