import type { LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import { baselineLanguage } from '../edition/workingText.ts';
import type { TextHash } from '../release/release.ts';
import { applyAdrift, applyRemoved } from './applyRemoved.ts';
import { entryOf, type ItemApplication, type Line } from './itemApplication.ts';
import { lastRevision } from './ourSide.ts';
import { type Decision, type LogDone, optionalKinds } from './update.ts';

/** What apply does about one segment: what is to be written is added to the lists, what was done is returned. */
export function applyItem(work: ItemApplication): Line {
  const { item, decision, ours } = work;
  const entry = ours.ledger.get(item.key) ?? null;
  const unitRevision = ours.units.get(item.key)?.revision ?? 0;
  if (item.kind === 'removed') return applyRemoved(work, entry);
  if (item.kind === 'adrift') return applyAdrift(work);
  if (item.kind === 'revived' && item.revive !== null)
    return writeUnit(work, 'revived', revived(work, item.revive, item.revive.basedOn));
  // Core text cannot be left out, whether somebody has decided or not; once somebody has, ours is no adaptation.
  const overridden = item.kind === 'coreOverridden' && entry !== null;
  const settled = decision?.kind === 'redo' || decision?.kind === 'confirm';
  const banned = overridden && (entry.omits || settled) ? { ledgerBefore: entry } : {};
  if ('ledgerBefore' in banned) work.ledgerDrop.push(item.key);
  switch (decision?.kind) {
    case undefined:
    case 'later':
      return { ...undecided(work, unitRevision), ...banned };
    case 'redo':
      return { ...writeUnit(work, 'redone', redone(work, decision)), ...banned };
    case 'confirm':
      return { ...confirmed(work, decision, entry, unitRevision), ...banned };
    case 'keepOurs':
      return { ...keep(work, decision, entry), unitRevision };
    case 'decline':
      work.ledgerSave.push({ ...entryOf(work, decision, entry), declined: item.meaning });
      return { done: 'declined', unitRevision, ledgerBefore: entry };
  }
}

/** Who wrote the first of the parts. */
const writerOf = ({ item, ours }: ItemApplication): string =>
  item.from.map((part) => ours.units.get(part)?.by).find((by) => by !== undefined) ?? '';

function undecided(work: ItemApplication, unitRevision: number): Line {
  const { item, decision } = work;
  if (item.kind === 'lineage' && item.proposal !== null && work.ours.edition.language !== baselineLanguage) {
    // What we have of the parts waits in the workbench; it is no translation before a person says so.
    return writeUnit(work, 'prefilled', {
      ...newUnit(work, item.proposal, writerOf(work)),
      state: 'initial',
      basedOn: '',
    });
  }
  if (item.choices.length === 0) return { done: 'left', unitRevision };
  const done: LogDone = optionalKinds.has(item.kind) && decision === undefined ? 'carried' : 'later';
  return { done, unitRevision };
}

function confirmed(work: ItemApplication, decision: Decision, entry: LedgerEntry | null, unitRevision: number): Line {
  const { item, ours, at } = work;
  const unit = ours.units.get(item.key) ?? null;
  if (item.kind === 'reoffer' || (item.kind === 'surroundings' && entry?.omits)) {
    if (entry === null) return { done: 'confirmed', unitRevision };
    work.ledgerDrop.push(item.key);
    return { done: 'confirmed', unitRevision, ledgerBefore: entry };
  }
  // Seen, and nothing else: a text that was stale before stays so.
  if (item.kind === 'placement' || item.theirsHash === null) return { done: 'left', unitRevision };
  if (item.kind === 'lineage' && unit === null) {
    return writeUnit(work, 'confirmed', newUnit(work, item.proposal ?? '', decision.by));
  }
  if (unit === null) return { done: entry?.omits ? 'confirmed' : 'left', unitRevision };
  // On safety and core text a second person has to agree, so the confirmed unit waits for review again.
  const again = item.severity === 'safety' || item.policy === 'core';
  return writeUnit(work, 'confirmed', {
    ...unit,
    adapted: item.kind === 'coreOverridden' ? false : unit.adapted,
    basedOn: item.theirsHash,
    state: again ? 'translated' : unit.state,
    reviewedBy: again ? null : unit.reviewedBy,
    by: decision.by,
    at,
    origin: 'person',
    revision: unit.revision + 1,
  });
}

function keep(work: ItemApplication, decision: Decision, entry: LedgerEntry | null): Omit<Line, 'unitRevision'> {
  const { item } = work;
  const kept = entryOf(work, decision, entry);
  // The omission of a part goes on with what was made of it.
  const omission = item.kind === 'reoffer' && entry === null ? { kind: 'omission' as const, omits: true } : {};
  // Only an answer to a meaning is kept against it: neighbours have no say in whether a text is stale.
  const declined = item.kind === 'surroundings' ? {} : { declined: item.meaning };
  work.ledgerSave.push({ ...kept, ...omission, ...declined });
  return { done: 'kept', ledgerBefore: entry };
}

function writeUnit(work: ItemApplication, done: LogDone, unit: TranslationUnit): Line {
  const before = work.ours.units.get(work.item.key)?.revision ?? 0;
  work.save.push(unit);
  return { done, unitRevision: unit.revision, unitBefore: before };
}

function newUnit({ item, ours, at }: ItemApplication, target: string, by: string): TranslationUnit {
  return {
    edition: ours.edition.tag,
    segment: item.key,
    target,
    state: 'translated',
    basedOn: item.theirsHash ?? '',
    adapted: item.kind !== 'coreOverridden' && (ours.units.get(item.key)?.adapted ?? false),
    backTranslation: null,
    by,
    reviewedBy: null,
    at,
    origin: 'update',
    revision: lastRevision(ours, item.key) + 1,
  };
}

function redone(work: ItemApplication, decision: Decision): TranslationUnit {
  const { item } = work;
  const text = decision.text ?? '';
  if (item.revive !== null && item.revive.target === text) return revived(work, item.revive, item.theirsHash ?? '');
  return newUnit(work, text, decision.by);
}

/** An earlier unit as it was, with its reviews: they were given for this meaning. */
function revived({ item, ours, at }: ItemApplication, earlier: TranslationUnit, basedOn: TextHash): TranslationUnit {
  return { ...earlier, basedOn, at, origin: 'update', revision: lastRevision(ours, item.key) + 1 };
}
