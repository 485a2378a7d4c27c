import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { normalText } from '../../domain/package/text.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { editSegment } from '../../domain/release/editing.ts';
import type { ChangeSet, Severity } from '../../domain/release/release.ts';
import { type SendBack, take } from '../../domain/sendBack/sendBack.ts';
import { authorize } from '../authorize.ts';
import { describeChangeSet, draftChangeSet, editChangeSet } from '../baseline/draftChangeSet.ts';
import { loadChangeSet } from '../baseline/loadChangeSet.ts';
import type { Store, World } from '../ports.ts';
import { loadSendBack } from './offerText.ts';

export type TakeSendBacks = {
  readonly offers: readonly {
    readonly id: string;
    readonly revision: number;
    /** The text that goes into the baseline; the offered one when absent. */
    readonly text?: string;
  }[];
  /** A draft at the revision that the person saw, or a new one. */
  readonly into:
    | { readonly set: string; readonly revision: number }
    | { readonly title: string; readonly severity: Severity };
};

/**
 * Takes offers into a draft of a change set, each with where it comes from in the set's reason. Where the baseline's text
 * has changed since the offer, the person says the text. Throws `sendBackClash` for two offers of one text or a text
 * that the set edits already, `sendBackMoved`, and what drafting throws.
 */
export async function takeSendBacks(world: World, actor: Actor, input: TakeSendBacks): Promise<ChangeSet> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'sendBack:answer');
    const inner = { ...world, store };
    const newest = await store.releases.newest();
    if (newest === null) throw new DomainError('releaseUnknown', { release: '' });
    const baseline = await store.releases.lessonPackage(newest.number);
    const taken: { readonly offer: SendBack; readonly text: string }[] = [];
    for (const wish of input.offers) {
      const offer = await loadSendBack(store, wish);
      const text = normalText(wish.text ?? offer.proposed);
      const now = baseline.segments[offer.segment]?.text;
      if (now === undefined) throw new DomainError('segmentUnknown', { segment: offer.segment });
      const moved = textHash(now) !== offer.sourceHash;
      if (moved && wish.text === undefined) throw new DomainError('sendBackMoved', { segment: offer.segment });
      if (text === '') throw new DomainError('unitEmpty', { segment: offer.segment });
      if (text === normalText(now)) throw new DomainError('sendBackSame', { segment: offer.segment });
      if (taken.some((each) => each.offer.segment === offer.segment)) {
        throw new DomainError('sendBackClash', { segment: offer.segment });
      }
      taken.push({ offer, text });
    }
    if (taken.length === 0) throw new DomainError('sendBackUnknown');
    const draft =
      'set' in input.into ? await seenSet(store, input.into) : await draftChangeSet(inner, actor, input.into);
    for (const { offer } of taken) {
      const edits = draft.changes.some((change) => change.kind === 'segmentEdited' && change.segment === offer.segment);
      if (edits) throw new DomainError('sendBackClash', { segment: offer.segment });
    }
    const at = { set: draft.id, revision: draft.revision };
    const edited = await editChangeSet(inner, actor, at, (lessonPackage) =>
      taken.flatMap(({ offer, text }) => editSegment(lessonPackage, offer.segment, text)),
    );
    const reasons = await Promise.all(taken.map(({ offer }) => provenance(store, offer)));
    const reason = [edited.reason, ...reasons].filter((line) => line !== '').join('\n\n');
    const { title, severity, evidence, summary, due, clearedVariants } = edited;
    const details = { title, severity, evidence, summary, due, clearedVariants, reason };
    const described = await describeChangeSet(inner, actor, { set: edited.id, revision: edited.revision }, details);
    for (const { offer } of taken) await store.sendBacks.save(take(offer, edited.id, person.id, world.now()));
    return described;
  });
}

async function seenSet(store: Store, { set, revision }: { readonly set: string; readonly revision: number }) {
  const found = await loadChangeSet(store, set);
  if (found.revision !== revision) throw new DomainError('staleRevision', { changeSet: set });
  return found;
}

/** Where a text comes from, for the set's reason: which edition and who, why, and what it rests on. */
async function provenance(store: Store, offer: SendBack): Promise<string> {
  const name = (await store.people.byId(offer.by))?.name ?? offer.by;
  const lines = [`${offer.segment}, offered by ${offer.edition} (${name}): ${offer.reason}`, offer.evidence];
  return lines.filter((line) => line !== '').join('\n');
}
