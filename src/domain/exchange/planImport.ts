import type { TranslationUnit } from '../edition/edition.ts';
import { checkPlaceholders } from '../edition/unitChecks.ts';
import { type WorkingEdition, type WorkingUnit, workingUnit } from '../edition/workingText.ts';
import { DomainError } from '../errors.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import { normalText } from '../package/text.ts';
import { textHash } from '../release/canonical.ts';
import type { TextHash } from '../release/release.ts';
import { claimOf, exchangeLimits, type ReadUnit, type UnitStamp } from './exchangeFile.ts';

/** Why a line is not taken. */
export const notTakenWhys = [
  'segmentUnknown', // no such segment in the release that the edition stands on
  'segmentTwice', // two lines of the file differ about it
  'omitted', // the ledger leaves it out
  'bothChanged', // here and in the file, differently
  'reviewedMeanwhile', // here somebody reviewed the text that the file replaces
  'confirmedMeanwhile', // here somebody confirmed the text against a newer source
  'baseUnknown', // the file does not say what it started from
  'sourceAltered', // the source in the file is not the one it left with
  'sourceUnknown', // no release has this source
  'targetEmpty',
  'unfinished', // marked so in the file
  'factsMissing',
  'factsForeign',
  'textTooLong',
  'characters', // control characters, or marks that turn digits around
  'stateOnly', // the same text, with another mark
] as const;
export type NotTakenWhy = (typeof notTakenWhys)[number];

/** What becomes of one line of a file. `same`: nothing to do. */
export type ImportLine = {
  /** Its place in the file, from 1. */
  readonly place: number;
  readonly segment: SegmentId;
  readonly outcome: 'taken' | 'same' | 'notTaken';
  readonly why: NotTakenWhy | null;
  /** Facts that are missing or foreign. */
  readonly detail: string;
  /** The text here, now. */
  readonly ours: string;
  /** The text in the file. */
  readonly theirs: string;
  /** The revision of the unit that was looked at; 0 for none. */
  readonly revision: number;
  /** Of a taken line: the source that it was made from. */
  readonly basedOn: TextHash | null;
  /** Of a taken line: its source has changed since the file left, so it is stale at once. */
  readonly stale: boolean;
};

/**
 * Three-way, a line at a time: base is the text that left, ours is the text now, theirs is the text in the file. A line
 * is taken only where ours is still the base, untouched, and only when the text could be saved at the desk.
 */
export function planImport(units: readonly ReadUnit[], working: WorkingEdition): readonly ImportLine[] {
  const based = withBases(units);
  const wishes = new Map<SegmentId, Set<string>>();
  for (const unit of based.filter(isChanged)) {
    const known = wishes.get(unit.segment) ?? new Set();
    wishes.set(unit.segment, known.add(normalText(unit.target)));
  }
  const seen = new Set<SegmentId>();
  return based.map((unit, index) => {
    const again = seen.has(unit.segment);
    const changed = isChanged(unit);
    if (changed) seen.add(unit.segment);
    const contradicted = changed && (wishes.get(unit.segment)?.size ?? 0) > 1;
    return lineOf(unit, index + 1, working, contradicted, again);
  });
}

const isChanged = (unit: ReadUnit): boolean => unit.stamp === null || textHash(unit.target) !== unit.stamp.targetHash;

/**
 * Some tools leave a unit as it was and add what became of it at the end, without its stamp. Both were made from one
 * source, so the stamp of the one is the base of the other.
 */
function withBases(units: readonly ReadUnit[]): readonly ReadUnit[] {
  const stamps = new Map<SegmentId, UnitStamp>();
  for (const { segment, stamp } of units) if (stamp !== null && !stamps.has(segment)) stamps.set(segment, stamp);
  return units.map((unit) => {
    const stamp = stamps.get(unit.segment);
    if (unit.stamp !== null || stamp === undefined || textHash(unit.source) !== stamp.sourceHash) return unit;
    const unchanged = textHash(unit.target) === stamp.targetHash;
    const claim = unchanged && unit.claim !== 'untouched' ? claimOf(stamp, unit.claim === 'done') : unit.claim;
    return { ...unit, stamp, claim };
  });
}

function lineOf(
  unit: ReadUnit,
  place: number,
  working: WorkingEdition,
  contradicted: boolean,
  again: boolean,
): ImportLine {
  const theirs = normalText(unit.target);
  const here = Object.hasOwn(working.lessonPackage.segments, unit.segment) ? workingUnit(working, unit.segment) : null;
  const line = {
    place,
    segment: unit.segment,
    why: null,
    detail: '',
    ours: here?.text ?? '',
    theirs,
    revision: here?.unit?.revision ?? 0,
    basedOn: null,
    stale: false,
  } as const;
  const refuse = (why: NotTakenWhy, detail = ''): ImportLine => ({ ...line, outcome: 'notTaken', why, detail });
  if (here === null) return refuse('segmentUnknown');
  if (contradicted) return refuse('segmentTwice');
  const hash = textHash(theirs);
  const untouched = unit.stamp !== null && hash === unit.stamp.targetHash;
  if (untouched || hash === textHash(here.text)) {
    return unit.claim !== 'untouched' && untouched && hash === textHash(here.text)
      ? refuse('stateOnly')
      : { ...line, outcome: 'same' };
  }
  if (again) return { ...line, outcome: 'same' };
  const why = here.omitted ? 'omitted' : (wrongText(theirs) ?? basisProblem(unit, here, working));
  if (why !== null) return refuse(why);
  if (unit.claim === 'unfinished') return refuse('unfinished');
  // A text made from an earlier source may be taken as stale; its facts are those of the source that it was made from.
  const facts = factProblem(unit.segment, unit.source, theirs);
  if (facts !== null) return refuse(facts.why, facts.detail);
  const basedOn = textHash(unit.source);
  return { ...line, outcome: 'taken', basedOn, stale: basedOn !== here.sourceHash };
}

/** Whether the line may stand in the place of what is here: null when it may. */
function basisProblem(unit: ReadUnit, here: WorkingUnit, working: WorkingEdition): NotTakenWhy | null {
  const { stamp } = unit;
  const source = textHash(unit.source);
  if (stamp !== null && source !== stamp.sourceHash) return 'sourceAltered';
  const history = working.history[unit.segment] ?? [];
  if (source !== here.sourceHash && !history.some((revision) => revision.textHash === source)) return 'sourceUnknown';
  if (stamp === null) return here.text === '' ? null : 'baseUnknown';
  if (textHash(here.text) !== stamp.targetHash) return 'bothChanged';
  return here.unit === null || here.unit.revision === stamp.revision ? null : workMeanwhile(here.unit, unit);
}

/** The same text, and still somebody has worked on it since the file left. */
function workMeanwhile(now: TranslationUnit, { stamp }: ReadUnit): NotTakenWhy | null {
  if (stamp === null || now.basedOn !== stamp.basedOn) return 'confirmedMeanwhile';
  const agreed = now.state === 'reviewed' || now.state === 'final';
  return agreed && now.state !== stamp.state ? 'reviewedMeanwhile' : null;
}

// Control characters but tab and line feed, characters that are none, and overrides: they would turn a phone number around.
const unprintable = /[[\p{Cc}--[\t\n]]\u202d\u202e\ufffe\uffff]/v;

function wrongText(target: string): NotTakenWhy | null {
  if (target === '') return 'targetEmpty';
  if (target.length > exchangeLimits.text) return 'textTooLong';
  return unprintable.test(target) ? 'characters' : null;
}

function factProblem(
  segment: SegmentId,
  source: string,
  target: string,
): { readonly why: NotTakenWhy; readonly detail: string } | null {
  try {
    checkPlaceholders(segment, source, target);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const why = error.code === 'factsMissing' || error.code === 'factsForeign' ? error.code : 'targetEmpty';
    return { why, detail: [error.data.facts ?? ''].flat().join(' ') };
  }
}
