import type { Actor } from '../../domain/access/access.ts';
import type { AdaptationKind, TranslationUnit } from '../../domain/edition/edition.ts';
import { checkPlaceholders } from '../../domain/edition/unitChecks.ts';
import { unitOfLocal } from '../../domain/edition/withMaterial.ts';
import { baselineLanguage } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import { segmentIn } from '../../domain/package/lessonPackage.ts';
import { normalText } from '../../domain/package/text.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { dayOf, type Instant } from '../../domain/time.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import { isAdded, rewriteSegment } from '../material/changeSegment.ts';
import type { World } from '../ports.ts';
import { settleOffer } from '../sendBack/settleOffer.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

export type SaveUnit = {
  readonly edition: string;
  readonly segment: string;
  readonly target: string;
  /** The unit's revision that the person started from; 0 when there was none. */
  readonly revision: number;
  /** `memory` where a match was taken and left as it was. */
  readonly origin?: 'person' | 'memory';
  /** A deliberate local difference, for the ledger. */
  readonly adaptation?: { readonly kind: AdaptationKind; readonly reason: string };
  /** What the person had written against a text saved meanwhile, when they keep other words: it goes to the history. */
  readonly unkept?: string;
};

/**
 * Saves a translation, made from the source as it stands upstream: `basedOn` moves, a review is needed again, the text
 * before goes to the history; the person's draft is gone. An added segment is saved as what it is. Throws `unitUnknown`,
 * what `checkPlaceholders` throws, and `staleRevision` with both
 * texts when somebody saved meanwhile.
 */
export async function saveUnit(world: World, actor: Actor, input: SaveUnit): Promise<TranslationUnit> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    if (await isAdded(store, edition.tag, input.segment)) {
      const inside = { ...world, store };
      const saved = await rewriteSegment(inside, actor, { ...input, edition: edition.tag }, input.target);
      await store.unitDrafts.drop(edition.tag, input.segment, person.id);
      await closeAssignments(world, store, edition, [input.segment]);
      return unitOfLocal(saved);
    }
    const lessonPackage = await upstreamPackage(store, edition);
    const source = segmentIn(lessonPackage, input.segment);
    if (source === undefined) throw new DomainError('unitUnknown', { segment: input.segment });
    const target = input.target.replaceAll('\r\n', '\n').trim();
    checkPlaceholders(input.segment, source.text, target);
    const before = await store.units.byId(edition.tag, input.segment);
    if ((before?.revision ?? 0) !== input.revision) {
      throw new DomainError('staleRevision', { ours: target, theirs: before?.target ?? '', segment: input.segment });
    }
    const adapts = input.adaptation !== undefined && source.policy !== 'core';
    if (input.adaptation !== undefined && source.policy === 'core') {
      throw new DomainError('omissionOfCore', { segment: input.segment });
    }
    if (adapts && input.adaptation.reason.trim() === '') throw new DomainError('reasonNeeded');
    // A text without a word about its difference: what we offered the baseline may have settled it.
    const settled = !adapts && (await settleOffer(store, edition, input.segment, source.text));
    const now = world.now();
    const last = before ?? (await store.units.history(edition.tag, input.segment))[0];
    const aside = asideOf(before, input.unkept, target);
    const unit: TranslationUnit = {
      edition: edition.tag,
      segment: input.segment,
      target,
      state: 'translated',
      basedOn: textHash(source.text),
      adapted: adapts || (!settled && (before?.adapted ?? edition.language === baselineLanguage)),
      backTranslation: before?.backTranslation?.of === textHash(target) ? before.backTranslation : null,
      by: person.id,
      reviewedBy: null,
      at: now,
      origin: input.origin ?? 'person',
      revision: (last?.revision ?? 0) + (aside === null ? 1 : 2),
    };
    if (aside !== null) await store.units.save(writtenAside(aside.before, aside.text, person.id, now));
    await store.units.save(unit);
    await store.unitDrafts.drop(edition.tag, input.segment, person.id);
    if (adapts) {
      const entry = await store.ledger.byId(edition.tag, input.segment);
      await store.ledger.save({
        edition: edition.tag,
        segment: input.segment,
        kind: input.adaptation.kind,
        reason: input.adaptation.reason.trim(),
        owner: person.id,
        on: dayOf(now),
        omits: false,
        against: edition.upstream.release,
        revision: (entry?.revision ?? 0) + 1,
      });
    }
    await closeAssignments(world, store, edition, [input.segment]);
    return unit;
  });
}

/** What goes to the history beside the text before: only words that are neither the old text nor the new one. */
function asideOf(before: TranslationUnit | null, unkept: string | undefined, target: string) {
  if (before === null || unkept === undefined) return null;
  const text = normalText(unkept);
  const same = [before.target, target].some((other) => normalText(other) === text);
  return same || text === '' ? null : { before, text };
}

/** A text that is superseded in the same breath: written down in its person's name, so that the history has it. */
export function writtenAside(before: TranslationUnit, text: string, by: string, at: Instant): TranslationUnit {
  const revision = before.revision + 1;
  return { ...before, target: text, state: 'translated', by, reviewedBy: null, at, origin: 'person', revision };
}
