import type { LessonPackage, Segment, SegmentId } from '../src/domain/package/lessonPackage.ts';
import { tree } from '../test/content/tree.ts';
import { segmentsPerLesson, syntheticPackage } from './syntheticRiver.ts';

/** A source text with the Turkish words that the edition has for it. */
type Pair = { readonly source: string; readonly target: string };

/** Every text of the baseline that the Turkish edition has words for. */
function realPairs(): readonly Pair[] {
  const turkish = tree.editions.find(({ edition }) => edition.edition === 'tr-TR');
  return (turkish?.units ?? []).flatMap(({ segment, target }) => {
    const source = tree.baseline.segments[segment]?.text;
    return source === undefined ? [] : [{ source, target }];
  });
}

export type RealRiver = {
  readonly lessonPackage: LessonPackage;
  /** Our words by segment. */
  readonly targets: ReadonlyMap<SegmentId, string>;
};

/**
 * A package of a given size made of real sentences: the baseline's own, and then two of them joined, so that texts have
 * the lengths and the variety that people write. Lessons are of equal size.
 */
export function realRiver(segments: number): RealRiver {
  const shape = syntheticPackage(segments);
  const pairs = realPairs();
  const targets = new Map<SegmentId, string>();
  const texts: Record<SegmentId, Segment> = {};
  for (const [place, segment] of Object.values(shape.segments).entries()) {
    const first = pairs[place % pairs.length];
    const second =
      place < pairs.length ? undefined : pairs[(place * 7 + Math.floor(place / pairs.length)) % pairs.length];
    const join = (pick: (pair: Pair) => string) =>
      [first, second].flatMap((pair) => (pair === undefined ? [] : [pick(pair)])).join(' ');
    texts[segment.id] = { ...segment, text: join((pair) => pair.source) };
    targets.set(
      segment.id,
      join((pair) => pair.target),
    );
  }
  if (Object.keys(texts).length !== segments || segments % segmentsPerLesson !== 0)
    throw new Error('whole lessons only');
  // Facts that the sentences name have to be known: a text says which, the package need not define how.
  return { lessonPackage: { ...shape, segments: texts, facts: tree.baseline.facts }, targets };
}
