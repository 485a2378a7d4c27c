import type { Actor } from '../../domain/access/access.ts';
import type { TranslationUnit } from '../../domain/edition/edition.ts';
import { type Replacement, replacedIn, undoReplacing, withWords } from '../../domain/edition/replacement.ts';
import type { Replacing } from '../../domain/edition/replaceText.ts';
import { DomainError } from '../../domain/errors.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { normalText } from '../../domain/package/text.ts';
import { closeAssignments } from '../assignment/closeAssignments.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition, loadWorking } from './loadWorking.ts';

export type ReplaceInEdition = {
  readonly edition: string;
  readonly replacing: Replacing;
  /** What was ticked in the preview, with the revision that it showed. */
  readonly units: readonly { readonly segment: SegmentId; readonly revision: number }[];
};

/**
 * Puts words in the place of others in the ticked units, all in one transaction. A unit that somebody wrote since the
 * preview is listed and left as it is, and so is one that would lose a fact. Throws `searchEmpty`, `nothingTicked`.
 */
export async function replaceInEdition(world: World, actor: Actor, input: ReplaceInEdition): Promise<Replacement> {
  const replacing = {
    ...input.replacing,
    find: input.replacing.find.normalize('NFC'),
    replace: input.replacing.replace.normalize('NFC'),
  };
  if (normalText(replacing.find) === '') throw new DomainError('searchEmpty');
  if (input.units.length === 0) throw new DomainError('nothingTicked');
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    const working = await loadWorking(store, edition);
    const at = world.now();
    const save: TranslationUnit[] = [];
    const meanwhile: SegmentId[] = [];
    const refused: Replacement['refused'][number][] = [];
    for (const { segment, revision } of new Map(input.units.map((unit) => [unit.segment, unit])).values()) {
      const unit = working.units.get(segment);
      const source = working.lessonPackage.segments[segment];
      const ours = working.material?.segments.has(segment) !== true;
      if (unit === undefined || source === undefined || !ours) throw new DomainError('unitUnknown', { segment });
      const result = unit.revision === revision ? replacedIn(unit, source.text, edition.language, replacing) : null;
      if (result === null) meanwhile.push(segment);
      else if (result.refused !== null) refused.push({ segment, why: result.refused });
      else save.push(withWords(unit, result.after, person.id, at));
    }
    const replacement: Replacement = {
      ...{ id: world.newId(), edition: edition.tag, replacing, by: person.id, at },
      changed: save.map(({ segment, revision }) => ({ segment, revision })),
      ...{ meanwhile, refused, undone: null, revision: 1 },
    };
    await store.units.saveMany(save);
    await store.replacements.save(replacement);
    await closeAssignments(
      world,
      store,
      edition,
      save.map(({ segment }) => segment),
    );
    return replacement;
  });
}

/**
 * Takes a replacement back in one step; what somebody wrote since stays and is listed. Throws `replacementUnknown`,
 * `updateDone` when it was taken back before.
 */
export async function undoReplacement(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly replacement: string },
): Promise<Replacement> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'unit:write', { partner: edition.partner });
    const replacement = await store.replacements.byId(edition.tag, input.replacement);
    if (replacement === null) throw new DomainError('replacementUnknown');
    const segments = replacement.changed.map(({ segment }) => segment);
    const units = new Map((await store.units.some(edition.tag, segments)).map((unit) => [unit.segment, unit]));
    const earlier = new Map<SegmentId, TranslationUnit>();
    for (const segment of segments) {
      const [newest] = await store.units.history(edition.tag, segment);
      if (newest !== undefined) earlier.set(segment, newest);
    }
    const undone = undoReplacing(replacement, units, earlier, person.id, world.now());
    await store.units.saveMany(undone.save);
    await store.replacements.save(undone.replacement);
    await closeAssignments(world, store, edition, segments);
    return undone.replacement;
  });
}
