import type { LedgerEntry, TranslationUnit } from '../edition/edition.ts';
import { baselineLanguage } from '../edition/workingText.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { ReleaseNumber } from '../release/release.ts';
import { dayOf, type Instant } from '../time.ts';
import type { Wholes } from './applyUpdate.ts';
import { lastRevision, type OurSide } from './ourSide.ts';
import { type Decision, type LogDone, optionalKinds, type UpdateItem, type UpdateLogLine } from './update.ts';

export type ItemApplication = {
  readonly item: UpdateItem;
  readonly decision: Decision | undefined;
  readonly ours: OurSide;
  readonly at: Instant;
  readonly base: ReleaseNumber;
  /** The release that the edition stands on afterwards. */
  readonly target: ReleaseNumber;
  readonly wholes: Wholes;
  readonly save: TranslationUnit[];
  readonly retire: TranslationUnit[];
  readonly ledgerSave: LedgerEntry[];
  readonly ledgerDrop: SegmentId[];
};

type Line = Pick<UpdateLogLine, 'done' | 'unitRevision' | 'unitBefore' | 'ledgerBefore'>;

/** What apply does about one segment: what is to be written is added to the lists, what was done is returned. */
export function applyItem(work: ItemApplication): Line {
  const { item, decision, ours } = work;
  const entry = ours.ledger.get(item.key) ?? null;
  const unitRevision = ours.units.get(item.key)?.revision ?? 0;
  if (item.kind === 'removed') return removed(work, entry);
  if (item.kind === 'adrift') return adrift(work);
  if (item.kind === 'revived' && item.revive !== null) return writeUnit(work, 'revived', revived(work, item.revive));
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

function removed(work: ItemApplication, entry: LedgerEntry | null): Line {
  const { item, decision, ours, wholes } = work;
  const unit = ours.units.get(item.key) ?? null;
  const unitRevision = unit?.revision ?? 0;
  // With a lesson that stays, its texts stay.
  if (item.lessons.some((lesson) => wholes.keptLessons.has(lesson))) return { done: 'left', unitRevision };
  if (decision?.kind === 'keepOurs') {
    wholes.kept.push({ kind: 'segment', segment: item.key, release: lastReleaseWith(work) });
    work.ledgerSave.push({ ...entryOf(work, decision, entry), kind: 'addition', declined: item.meaning });
    return { done: 'kept', unitRevision, ledgerBefore: entry };
  }
  if (unit !== null) work.retire.push(unit);
  if (entry !== null) work.ledgerDrop.push(item.key);
  const before = { unitBefore: unitRevision, ...(entry === null ? {} : { ledgerBefore: entry }) };
  return { done: 'removed', unitRevision: 0, ...before };
}

/** The release that an edition stood on; what it had ahead of it is in the release that brought it. */
function lastReleaseWith({ item, ours, base }: ItemApplication): ReleaseNumber {
  if (ours.edition.upstream.ahead.length === 0) return base;
  return ours.history[item.key]?.at(-1)?.release ?? base;
}

function adrift({ item, decision, ours, wholes, retire, ledgerDrop }: ItemApplication): Line {
  const unit = ours.units.get(item.key) ?? null;
  const unitRevision = unit?.revision ?? 0;
  const at = wholes.kept.findIndex((part) => part.kind === 'segment' && part.segment === item.key);
  const part = wholes.kept[at];
  if (part === undefined || part.kind !== 'segment') return { done: 'later', unitRevision };
  if (decision?.kind === 'keepOurs') {
    wholes.kept[at] = { ...part, atEnd: true };
    return { done: 'kept', unitRevision };
  }
  if (decision?.kind !== 'confirm') return { done: 'later', unitRevision };
  wholes.kept.splice(at, 1);
  const entry = ours.ledger.get(item.key) ?? null;
  if (unit !== null) retire.push(unit);
  if (entry !== null) ledgerDrop.push(item.key);
  const before = { unitBefore: unitRevision, ...(entry === null ? {} : { ledgerBefore: entry }) };
  return { done: 'removed', unitRevision: 0, ...before };
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

function entryOf(work: ItemApplication, decision: Decision, entry: LedgerEntry | null): LedgerEntry {
  const { item, ours, at, target } = work;
  const known = entry ?? { edition: ours.edition.tag, segment: item.key, kind: 'other' as const, omits: false };
  return {
    ...known,
    reason: decision.reason ?? entry?.reason ?? '',
    owner: decision.by,
    on: dayOf(at),
    against: target,
    revision: (entry?.revision ?? 0) + 1,
  };
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
  if (item.revive !== null && item.revive.target === text) return revived(work, item.revive);
  return newUnit(work, text, decision.by);
}

/** An earlier unit as it was, with its reviews: they were given for this meaning. */
function revived({ item, ours, at }: ItemApplication, earlier: TranslationUnit): TranslationUnit {
  const basedOn = item.theirsHash ?? earlier.basedOn;
  return { ...earlier, basedOn, at, origin: 'update', revision: lastRevision(ours, item.key) + 1 };
}
