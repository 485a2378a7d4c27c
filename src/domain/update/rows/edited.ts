import { compareWording, type WordingDifference } from '../../diff/wording.ts';
import type { Staleness, TranslationUnit } from '../../edition/edition.ts';
import { baselineLanguage } from '../../edition/workingText.ts';
import { textHash } from '../../release/canonical.ts';
import { stalenessOf } from '../../release/meaning.ts';
import type { Severity } from '../../release/release.ts';
import { ask, type Cell, carry, look, notOffered, type SegmentOutcome } from '../itemOf.ts';
import { mergeWords } from '../mergeWords.ts';
import { earlierWith } from '../ourSide.ts';
import type { SegmentDelta } from '../packageDelta.ts';
import { termsBetween } from '../terms.ts';
import type { DecisionKind, ProposalOrigin, UpdateItem } from '../update.ts';

type WithUnit = Cell & { readonly unit: TranslationUnit };

/** Theirs edited the text or its policy, or put it elsewhere; ours is a text, translated or adapted. */
export function editedRow(cell: WithUnit): SegmentOutcome {
  const { delta, ours, unit } = cell;
  const adapted = isAdapted(cell);
  const becameCore = delta.before !== null && delta.before.policy !== 'core' && delta.after?.policy === 'core';
  const edited = delta.before?.text !== delta.after?.text;
  const staleness = edited ? stalenessOf(ours.history[delta.id] ?? [], unit.basedOn, delta.afterHash ?? '') : null;
  if (becameCore) {
    const severity = staleness?.severity === 'safety' ? 'safety' : 'content';
    const kind = adapted ? 'coreOverridden' : 'becameCore';
    return ask(cell, { kind, severity, choices: ['redo', 'confirm', 'later'], staleness });
  }
  if (!edited || unit.basedOn === delta.afterHash) return placed(cell);
  if (staleness === null || staleness.severity === 'editorial') return editorial(cell);
  const { severity } = staleness;
  if (wasDeclined(cell, severity)) return placed(cell);
  const choices = choicesFor(delta, severity, adapted);
  const revive = reviving(cell);
  if (revive !== null) return ask(cell, { kind: 'stale', severity, choices, staleness, bulk: true, ...revive });
  if (!adapted || ours.edition.language !== baselineLanguage) {
    return ask(cell, { kind: 'stale', severity, choices, staleness });
  }
  return mergedItem(cell, staleness, choices);
}

const isAdapted = ({ unit, ours }: WithUnit): boolean => unit.adapted || ours.edition.language === baselineLanguage;

/** Nothing to do with the words; a place where nobody sees them is never silent. */
export function placed(cell: Cell): SegmentOutcome {
  const hidden = notOffered(cell.delta, cell.ours).length > 0;
  return hidden ? look(cell, { kind: 'placement', severity: 'editorial', choices: ['confirm', 'later'] }) : carry;
}

/** Safety and core cannot be declined: redo, confirm (a second person reviews), or leave the lesson out. */
function choicesFor(delta: SegmentDelta, severity: Severity, adapted: boolean): readonly DecisionKind[] {
  if (severity === 'safety' || delta.after?.policy === 'core') return ['redo', 'confirm', 'later'];
  return adapted ? ['redo', 'confirm', 'keepOurs', 'decline', 'later'] : ['redo', 'confirm', 'decline', 'later'];
}

/** A person said no to this meaning: it is not asked again before it changes, unless it may not be declined. */
function wasDeclined({ entry, delta }: Cell, severity: Severity): boolean {
  return severity !== 'safety' && delta.after?.policy !== 'core' && entry?.declined === delta.meaning;
}

function editorial(cell: WithUnit): SegmentOutcome {
  const { delta, ours } = cell;
  const before = ours.oldSources?.get(delta.id) ?? delta.before?.text ?? '';
  const terms = termsBetween(before, delta.after?.text ?? '', ours.terms ?? []);
  const kind = terms.length > 0 ? 'termReview' : 'editorial';
  return look(cell, { kind, severity: 'editorial', choices: ['redo', 'confirm', 'later'], terms });
}

type Proposed = Pick<UpdateItem, 'proposal' | 'proposalFrom' | 'revive'>;
const fromHistory: ProposalOrigin = { kind: 'history' };

/** The source means again what it meant before: the text that we had for that comes back in one step. */
function reviving({ delta, ours, unit }: WithUnit): Proposed | null {
  const found = delta.returns ? earlierWith(ours, delta.id, delta.meaning) : null;
  if (found === null || found.target === unit.target) return null;
  return { proposal: found.target, proposalFrom: fromHistory, revive: found };
}

/** Same language: the words of both sides, where they did not touch the same ones. */
function mergedItem(cell: WithUnit, staleness: Staleness, choices: readonly DecisionKind[]): SegmentOutcome {
  const { delta, ours, unit } = cell;
  const { severity } = staleness;
  const theirs = delta.after?.text ?? '';
  const base = baseOf(cell);
  // Without the text that ours was made from there is no telling who changed what.
  if (base === null) return ask(cell, { kind: 'conflict', severity, choices, staleness, base: null });
  const merge = mergeWords(base, unit.target, theirs, ours.edition.language);
  const proposed = { proposal: merge.text, proposalFrom: { kind: 'merge' } as const };
  if (merge.conflict) return ask(cell, { kind: 'conflict', severity, choices, staleness, ...proposed });
  // Whichever side touched a number, a negation or a fact: what the two make together needs an eye of its own.
  const bulk = ![theirs, unit.target, merge.text].some((text) => touchesSense(base, text));
  return ask(cell, { kind: 'stale', severity, choices, staleness, merged: true, bulk, ...proposed });
}

function baseOf({ delta, ours, unit }: WithUnit): string | null {
  const old = ours.oldSources?.get(delta.id);
  if (old !== undefined) return old;
  const text = delta.before?.text ?? null;
  return text !== null && textHash(text) === unit.basedOn ? text : null;
}

const sense: ReadonlySet<WordingDifference> = new Set(['facts', 'numbers', 'negation']);
const touchesSense = (before: string, after: string): boolean =>
  before !== after && sense.has(compareWording(before, after));
