import type { Edition, LedgerEntry, TranslationUnit } from '../../domain/edition/edition.ts';
import { withKept } from '../../domain/edition/keptParts.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { lineageOf } from '../../domain/release/lineage.ts';
import type { History } from '../../domain/release/meaning.ts';
import { laterSets, stillAhead } from '../../domain/release/takeAhead.ts';
import type { OurSide } from '../../domain/update/ourSide.ts';
import { type PackageDelta, packageDelta } from '../../domain/update/packageDelta.ts';
import { ownHistory, upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store } from '../ports.ts';
import type { ProposedRelease } from './releaseImpact.ts';

/** From where an edition stands to the release, as it reads the history. */
export type Way = { readonly delta: PackageDelta; readonly history: History };

/** All that is read once to see what a release asks of every edition; their units come in batches. */
export type ImpactGround = {
  /** In the order of their tags: the units of a batch lie side by side. */
  readonly editions: readonly Edition[];
  /** Those of all the ways together. */
  readonly segments: readonly SegmentId[];
  /** Editions that stand on the same place with nothing of their own share one. */
  readonly wayOf: (edition: Edition) => Way;
  readonly ledgerOf: (edition: Edition) => ReadonlyMap<SegmentId, LedgerEntry>;
  readonly sideOf: (edition: Edition, units: readonly TranslationUnit[]) => OurSide;
};

/** Reads what every edition's side has beside its units. `concerns`: the segments of a way that are looked at. */
export async function impactGround(
  store: Store,
  proposed: ProposedRelease,
  concerns: (delta: PackageDelta) => readonly SegmentId[],
): Promise<ImpactGround> {
  const editions = await store.editions.all();
  const ways = await waysTo(store, proposed, editions);
  const deltas = [...ways.values()].map(({ delta }) => delta);
  const segments = [...new Set(deltas.flatMap((delta) => [...concerns(delta)]))];
  const tags = editions.map(({ tag }) => tag);
  // Differences with a reason, and texts of segments that are back, are few beside units: they are read once.
  const [facts, ledger, past] = await Promise.all([
    store.facts.ofJurisdictions([...new Set(editions.map(({ country }) => country))]),
    store.ledger.ofEditions(tags, segments),
    store.units.histories(tags, revivedIn(deltas, proposed)),
  ]);
  const entriesOf = Map.groupBy(ledger, (entry) => entry.edition);
  const pastOf = Map.groupBy(past, (unit) => unit.edition);
  const filled = new Map(
    [...Map.groupBy(facts, (fact) => fact.jurisdiction)].map(([country, all]) => [
      country,
      new Set(all.map((fact) => fact.key)),
    ]),
  );
  const wayOf = (edition: Edition): Way => {
    const way = ways.get(placeOf(edition));
    if (way === undefined) throw new Error(`no way for ${edition.tag}`);
    return way;
  };
  const ledgerOf = (edition: Edition) =>
    new Map((entriesOf.get(edition.tag) ?? []).map((entry) => [entry.segment, entry]));
  return {
    editions,
    segments,
    wayOf,
    ledgerOf,
    sideOf: (edition, units) => ({
      edition,
      units: new Map(units.map((unit) => [unit.segment, unit])),
      ledger: ledgerOf(edition),
      history: wayOf(edition).history,
      filledFacts: filled.get(edition.country) ?? new Set<string>(),
      earlier: Map.groupBy(pastOf.get(edition.tag) ?? [], (unit) => unit.segment),
    }),
  };
}

const editionsAtOnce = 20;

/** Units of all editions at once would be hundreds of megabytes; a batch of editions is read, planned and let go. */
export function* batches(editions: readonly Edition[]): Generator<readonly Edition[]> {
  for (let first = 0; first < editions.length; first += editionsAtOnce) {
    yield editions.slice(first, first + editionsAtOnce);
  }
}

const placeOf = ({ upstream, kept, raised }: Edition): string => JSON.stringify([upstream, kept, raised]);

async function waysTo(
  store: Store,
  proposed: ProposedRelease,
  editions: readonly Edition[],
): Promise<ReadonlyMap<string, Way>> {
  const { release, lessonPackage } = proposed;
  const releases = await store.releases.all();
  const later = laterSets(releases, release.number);
  const lineage = lineageOf([...releases, release]);
  const ways = new Map<string, Way>();
  for (const edition of editions) {
    if (ways.has(placeOf(edition))) continue;
    const { upstream, kept = [] } = edition;
    const still = stillAhead(lessonPackage, later, upstream.ahead);
    const parts = [];
    for (const part of kept) parts.push({ kept: part, from: await store.releases.lessonPackage(part.release) });
    const to = parts.length === 0 ? still : withKept(still.lessonPackage, parts);
    const history = await ownHistory(store, edition, proposed.history);
    const from = { number: upstream.release, lessonPackage: await upstreamPackage(store, edition) };
    const target = { number: release.number, lessonPackage: to.lessonPackage, ahead: still.ahead };
    ways.set(placeOf(edition), { delta: packageDelta(from, target, history, lineage), history });
  }
  return ways;
}

/** Segments that are back: an edition that had a text for one gets it back by itself. */
function revivedIn(deltas: readonly PackageDelta[], { release, history }: ProposedRelease): readonly SegmentId[] {
  const back = deltas.flatMap((delta) =>
    [...delta.segments.values()].filter(
      ({ id, before, after }) =>
        before === null &&
        after !== null &&
        (history[id] ?? []).some((revision) => revision.release !== release.number),
    ),
  );
  return [...new Set(back.map(({ id }) => id))];
}
