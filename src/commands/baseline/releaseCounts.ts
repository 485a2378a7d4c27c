import type { Edition, TranslationUnit, UnitStanding } from '../../domain/edition/edition.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import type { TextHash } from '../../domain/release/release.ts';
import { type Counting, countedIn, countingOf, isPlain } from '../../domain/update/countUpdate.ts';
import type { UpdateCounts } from '../../domain/update/update.ts';
import type { Store } from '../ports.ts';
import { batches, type ImpactGround, impactGround, type Way } from './impactGround.ts';
import type { ProposedRelease } from './releaseImpact.ts';

export type EditionCounts = { readonly edition: Edition; readonly counts: UpdateCounts };

/**
 * What a release asks of each edition, in numbers alone: what a release stores. Of a plain translation only its source is
 * read; texts are read where an edition differs on purpose, and those of editions in the baseline's language.
 */
export async function countsOf(store: Store, proposed: ProposedRelease): Promise<readonly EditionCounts[]> {
  const ground = await impactGround(store, proposed, countedIn);
  const countings = new Map<Way, Counting>();
  const countingFor = (way: Way): Counting => {
    const counting = countings.get(way) ?? countingOf(way.delta, way.history);
    countings.set(way, counting);
    return counting;
  };
  const counted: EditionCounts[] = [];
  for (const batch of batches(ground.editions)) {
    const standings = await store.units.standings(
      batch.map(({ tag }) => tag),
      ground.segments,
    );
    const standingsOf = Map.groupBy(standings, (unit) => unit.edition);
    for (const edition of batch) {
      const { plain, others } = await readSide(store, ground, edition, standingsOf.get(edition.tag) ?? []);
      const counts = countingFor(ground.wayOf(edition)).countsOf(ground.sideOf(edition, others), plain);
      counted.push({ edition, counts });
    }
  }
  return counted;
}

type Side = { readonly plain: ReadonlyMap<SegmentId, TextHash>; readonly others: readonly TranslationUnit[] };

async function readSide(
  store: Store,
  ground: ImpactGround,
  edition: Edition,
  standings: readonly UnitStanding[],
): Promise<Side> {
  const ledger = ground.ledgerOf(edition);
  const plain = new Map<SegmentId, TextHash>();
  const whole: SegmentId[] = [];
  for (const unit of standings) {
    if (isPlain(edition, unit, ledger.get(unit.segment))) plain.set(unit.segment, unit.basedOn);
    else whole.push(unit.segment);
  }
  return { plain, others: whole.length === 0 ? [] : await store.units.some(edition.tag, whole) };
}
