import type { Actor } from '../../domain/access/access.ts';
import type { Edition, LedgerEntry, TranslationUnit } from '../../domain/edition/edition.ts';
import type { PublishedLesson } from '../../domain/edition/publication.ts';
import { type SisterPlan, type SisterText, sisterPlan } from '../../domain/edition/sisterPlan.ts';
import { DomainError } from '../../domain/errors.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { dayOf } from '../../domain/time.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import type { Store, World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

export type SeedFromSister = {
  readonly edition: string;
  /** The sister's tag: an edition in the same language that readers can see. */
  readonly from: string;
  /** Of our edition, as the person saw it. */
  readonly revision: number;
};

/** Other editions in the same language that have published. */
export async function sistersOf(store: Store, edition: Edition): Promise<readonly Edition[]> {
  return (await store.editions.all()).filter((other) => isSister(edition, other));
}

const isSister = (edition: Edition, other: Edition): boolean =>
  other.tag !== edition.tag && other.language === edition.language && other.publication !== null;

/** What a sister's publication would bring; nothing is written. Throws `editionUnknown`, `sisterUnknown`. */
export async function planSister(store: Store, edition: Edition, from: string): Promise<SisterPlan> {
  const sister = await store.editions.byTag(from);
  if (sister === null || !isSister(edition, sister) || sister.publication === null) {
    throw new DomainError('sisterUnknown', { edition: from });
  }
  const [publication, units, lessonPackage] = await Promise.all([
    store.publications.byNumber(sister.tag, sister.publication),
    store.units.ofEdition(edition.tag),
    upstreamPackage(store, edition),
  ]);
  const lessons: PublishedLesson[] = [];
  for (const { hash } of publication?.lessons ?? []) {
    const lesson = await store.publications.lesson(hash);
    if (lesson !== null) lessons.push(lesson);
  }
  return sisterPlan(lessons, lessonPackage, new Set(units.map((unit) => unit.segment)));
}

/**
 * Seeds an edition with what a sister has published in the same language: texts with the source that they were made from,
 * to be reviewed here, each with the sister's name. Never a fact, never a local text, never over a text of ours. What the
 * sister adapted on purpose comes with its entry in the ledger. Throws `sisterUnknown`, `staleRevision`, `notAllowed`.
 */
export async function seedFromSister(world: World, actor: Actor, input: SeedFromSister): Promise<SisterPlan> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'edition:manage', { partner: edition.partner });
    if (edition.revision !== input.revision) throw new DomainError('staleRevision', {});
    const plan = await planSister(store, edition, input.from);
    const at = world.now();
    const sisters = new Map(
      (
        await store.units.some(
          input.from,
          plan.texts.map(({ segment }) => segment),
        )
      ).map((unit) => [unit.segment, unit]),
    );
    const unitOf = (text: SisterText): TranslationUnit => {
      const back = sisters.get(text.segment)?.backTranslation ?? null;
      return {
        edition: edition.tag,
        segment: text.segment,
        target: text.text,
        state: 'translated',
        basedOn: text.basedOn,
        adapted: text.adapted !== null,
        backTranslation: back?.of === textHash(text.text) ? back : null,
        by: person.id,
        reviewedBy: null,
        at,
        origin: 'sister',
        originOf: input.from,
        revision: 1,
      };
    };
    await store.units.saveMany(plan.texts.map(unitOf));
    for (const entry of await adaptations(store, input.from, plan)) {
      await store.ledger.save({ ...entry, edition: edition.tag, owner: person.id, on: dayOf(at) });
    }
    // Many units at once: whoever follows the edition's revision reads them anew.
    await store.editions.save({ ...edition, revision: edition.revision + 1 });
    await closeAssignments(
      world,
      store,
      edition,
      plan.texts.map(({ segment }) => segment),
    );
    return plan;
  });
}

async function adaptations(store: Store, from: string, plan: SisterPlan): Promise<readonly LedgerEntry[]> {
  const wanted = new Set(plan.texts.filter(({ adapted }) => adapted !== null).map(({ segment }) => segment));
  return (await store.ledger.ofEdition(from))
    .filter((entry) => wanted.has(entry.segment) && !entry.omits)
    .map(({ declined: _, ...entry }) => entry);
}
