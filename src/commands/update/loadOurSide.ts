import type { Edition, TranslationUnit } from '../../domain/edition/edition.ts';
import type { Material } from '../../domain/edition/material.ts';
import { withMaterial } from '../../domain/edition/withMaterial.ts';
import type { FactKey } from '../../domain/facts/fact.ts';
import type { LessonPackage, SegmentId } from '../../domain/package/lessonPackage.ts';
import { textHash } from '../../domain/release/canonical.ts';
import type { History } from '../../domain/release/meaning.ts';
import type { Adrift, OurSide } from '../../domain/update/ourSide.ts';
import { concernsOf, type PackageDelta } from '../../domain/update/packageDelta.ts';
import { editionHistory, standingPackage } from '../edition/upstreamPackage.ts';
import { loadMaterial } from '../material/material.ts';
import type { Store } from '../ports.ts';

/** The glossary's terms; a memory, asked for only where a text is new. */
export type UpdateAids = Pick<OurSide, 'terms'> & {
  readonly memory?: () => Promise<NonNullable<OurSide['suggest']>>;
};

/** What of an edition a delta concerns; reads nothing else. */
export async function loadOurSide(
  store: Store,
  edition: Edition,
  delta: PackageDelta,
  aids: UpdateAids = {},
): Promise<OurSide> {
  const keptIds = (edition.kept ?? []).flatMap((kept) => (kept.kind === 'segment' ? [kept.segment] : []));
  const segments = [...new Set([...concernsOf(delta), ...keptIds])];
  const [found, ledger, history, facts] = await Promise.all([
    store.units.some(edition.tag, segments),
    store.ledger.ofEditions([edition.tag], segments),
    editionHistory(store, { ...edition, upstream: delta.upstream }),
    store.facts.ofJurisdictions([edition.country]),
  ]);
  const units = new Map(found.map((unit) => [unit.segment, unit]));
  const past = pastNeeded(delta).filter((id) => !units.has(id) || delta.segments.get(id)?.returns);
  const isNew = [...delta.segments.values()].some(({ id, before, after }) => !before && after && !units.has(id));
  const suggest = isNew ? await aids.memory?.() : undefined;
  const [earlier, oldSources, adrift] = await Promise.all([
    store.units.histories([edition.tag], past),
    loadOldSources(store, delta, units, history),
    loadAdrift(store, edition, delta, units),
  ]);
  return {
    edition,
    units,
    ledger: new Map(ledger.map((entry) => [entry.segment, entry])),
    history,
    filledFacts: new Set<FactKey>(facts.map((fact) => fact.key)),
    earlier: Map.groupBy(earlier, (unit) => unit.segment),
    oldSources,
    adrift,
    ...(aids.terms === undefined ? {} : { terms: aids.terms }),
    ...(suggest === undefined ? {} : { suggest }),
  };
}

/** Segments of which an earlier text may be asked for: those that came, or came back to what they meant. */
export function pastNeeded(delta: PackageDelta): readonly SegmentId[] {
  const parts = [...delta.segments.values()].flatMap((segment) => segment.parts);
  const own = [...delta.segments.values()].filter(({ after, before, returns }) => after && (returns || !before));
  return [...new Set([...own.map(({ id }) => id), ...parts])];
}

/** The sources of units that were made from another text than the base has: a release brought each of them. */
async function loadOldSources(
  store: Store,
  delta: PackageDelta,
  units: ReadonlyMap<SegmentId, TranslationUnit>,
  history: History,
): Promise<ReadonlyMap<SegmentId, string>> {
  const found = new Map<SegmentId, string>();
  for (const { id, before, after } of delta.segments.values()) {
    const basedOn = units.get(id)?.basedOn;
    if (basedOn === undefined || after === null || (before !== null && textHash(before.text) === basedOn)) continue;
    const revision = (history[id] ?? []).findLast((each) => each.textHash === basedOn);
    if (revision === undefined) continue;
    const text = (await store.releases.lessonPackage(revision.release)).segments[id]?.text;
    if (text !== undefined && textHash(text) === basedOn) found.set(id, text);
  }
  return found;
}

/** Added segments that the target leaves without a place, or without their lesson. */
function homelessIn(lessonPackage: LessonPackage, material: Material): Adrift[] {
  const { homeless, lessonPackage: own } = withMaterial(lessonPackage, new Map(), material);
  const lost = new Set([...homeless.values()].flat());
  const known = new Set(own.lessons.map(({ id }) => id));
  return [...material.segments.values()]
    .filter((local) => lost.has(local.id) || !known.has(local.lesson))
    .map(({ id, text, lesson }) => ({ id, text, ends: known.has(lesson) ? [lesson] : [] }));
}

/** Kept and added segments that stand nowhere in the target, and the lessons in which they could stand last. */
async function loadAdrift(
  store: Store,
  edition: Edition,
  delta: PackageDelta,
  units: ReadonlyMap<SegmentId, TranslationUnit>,
): Promise<readonly Adrift[]> {
  const kept = edition.kept ?? [];
  const material = await loadMaterial(store, edition.tag);
  if (kept.length === 0 && material.segments.size === 0) return [];
  const { adrift, lessonPackage } = await standingPackage(store, { kept, upstream: delta.upstream });
  const found = homelessIn(lessonPackage, material);
  for (const part of kept) {
    if (part.kind !== 'segment' || !adrift.includes(part.segment)) continue;
    const from = await store.releases.lessonPackage(part.release);
    const stood = from.lessons.filter((lesson) =>
      lesson.sections.some((section) => section.placements.some(({ segment }) => segment === part.segment)),
    );
    const ends = stood.map(({ id }) => id).filter((id) => lessonPackage.lessons.some((lesson) => lesson.id === id));
    found.push({ id: part.segment, text: units.get(part.segment)?.target ?? '', ends });
  }
  return found;
}
