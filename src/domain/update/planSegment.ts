import type { LedgerEntry, Staleness, TranslationUnit } from '../edition/edition.ts';
import { baselineLanguage } from '../edition/workingText.ts';
import { stalenessOf } from '../release/meaning.ts';
import type { Severity } from '../release/release.ts';
import { mergeWords } from './mergeWords.ts';
import type { SegmentDelta } from './packageDelta.ts';
import type { OurSide } from './planUpdate.ts';
import type { DecisionKind, ItemKind, UpdateItem } from './update.ts';

/** `take`: the baseline's side comes in by itself. `carry`: ours stays valid. `ask`: a person has something to do. */
export type SegmentOutcome = { readonly kind: 'take' | 'carry' | 'ask' | 'drop'; readonly item: UpdateItem | null };

const take: SegmentOutcome = { kind: 'take', item: null };
const carry: SegmentOutcome = { kind: 'carry', item: null };
const drop: SegmentOutcome = { kind: 'drop', item: null };

/** One row and column of the table: what theirs did to a segment, and what ours is. */
export function planSegment(delta: SegmentDelta, ours: OurSide): SegmentOutcome {
  const unit = ours.units.get(delta.id) ?? null;
  const entry = ours.ledger.get(delta.id) ?? null;
  if (delta.after === null) return removed(delta, unit, entry);
  if (entry?.omits) return omitted(delta, entry);
  if (unit === null) return withoutUnit(delta, ours);
  const adapted = unit.adapted || ours.edition.language === baselineLanguage;
  if (delta.before !== null && delta.before.policy !== 'core' && delta.after.policy === 'core') {
    return ask(delta, unit, adapted ? 'coreOverridden' : 'stale', 'content', ['redo', 'confirm', 'later'], null);
  }
  const staleness = stalenessOf(ours.history[delta.id] ?? [], unit.basedOn, delta.afterHash ?? '');
  if (staleness === null || staleness.severity === 'editorial') return editorial(delta, unit, ours);
  if (adapted) return adaptedItem(delta, unit, staleness, ours);
  return ask(delta, unit, 'stale', staleness.severity, choicesFor(delta, staleness.severity, false), null, staleness);
}

/** Safety and core cannot be declined: redo, confirm (a second person reviews), or leave the lesson out. */
function choicesFor(delta: SegmentDelta, severity: Severity, adapted: boolean): readonly DecisionKind[] {
  if (severity === 'safety' || delta.after?.policy === 'core') return ['redo', 'confirm', 'later'];
  return adapted ? ['redo', 'confirm', 'keepOurs', 'decline', 'later'] : ['redo', 'confirm', 'decline', 'later'];
}

function adaptedItem(delta: SegmentDelta, unit: TranslationUnit, staleness: Staleness, ours: OurSide): SegmentOutcome {
  const { severity } = staleness;
  const choices = choicesFor(delta, severity, true);
  if (ours.edition.language !== baselineLanguage || delta.before === null || delta.after === null) {
    return ask(delta, unit, 'stale', severity, choices, null, staleness);
  }
  const merge = mergeWords(delta.before.text, unit.target, delta.after.text, baselineLanguage);
  return ask(delta, unit, merge.conflict ? 'conflict' : 'stale', severity, choices, merge.text, staleness);
}

function editorial(delta: SegmentDelta, unit: TranslationUnit, ours: OurSide): SegmentOutcome {
  const intoLeftOut = delta.newLessons.some((lesson) => ours.edition.lessons[lesson]?.state === 'leftOut');
  if (intoLeftOut) return { ...ask(delta, unit, 'placement', 'editorial', ['confirm', 'later'], null), kind: 'carry' };
  if (delta.before?.text === delta.after?.text) return carry;
  return { ...ask(delta, unit, 'editorial', 'editorial', ['redo', 'confirm', 'later'], null), kind: 'carry' };
}

function withoutUnit(delta: SegmentDelta, ours: OurSide): SegmentOutcome {
  if (delta.newLessons.some((lesson) => ours.edition.lessons[lesson]?.state === 'leftOut')) {
    return ask(delta, null, 'placement', 'editorial', ['confirm', 'later'], null);
  }
  if (ours.edition.language === baselineLanguage) return take;
  if (delta.before !== null) return take;
  return ask(delta, null, 'added', delta.due === null ? 'content' : 'safety', ['redo', 'later'], null);
}

function omitted(delta: SegmentDelta, entry: LedgerEntry): SegmentOutcome {
  if (delta.severity === null || delta.severity === 'editorial' || entry.declined === delta.meaning) return carry;
  return ask(delta, null, 'reoffer', delta.severity, ['keepOurs', 'confirm', 'later'], null);
}

function removed(delta: SegmentDelta, unit: TranslationUnit | null, entry: LedgerEntry | null): SegmentOutcome {
  if (unit === null) return drop;
  const choices: readonly DecisionKind[] = entry === null && !unit.adapted ? [] : ['keepOurs', 'confirm', 'later'];
  return ask(delta, unit, 'removed', delta.severity ?? 'content', choices, null);
}

function ask(
  delta: SegmentDelta,
  unit: TranslationUnit | null,
  kind: ItemKind,
  severity: Severity,
  choices: readonly DecisionKind[],
  proposal: string | null,
  staleness: Staleness | null = null,
): SegmentOutcome {
  return {
    kind: 'ask',
    item: {
      key: delta.id,
      kind,
      severity,
      due: staleness?.due ?? delta.due,
      segmentKind: (delta.after ?? delta.before)?.kind ?? null,
      policy: (delta.after ?? delta.before)?.policy ?? null,
      lessons: delta.lessons,
      base: delta.before?.text ?? null,
      ours: unit?.target ?? null,
      theirs: delta.after?.text ?? null,
      proposal,
      meaning: delta.meaning,
      theirsHash: delta.afterHash,
      sets: staleness?.sets ?? delta.sets,
      choices,
      unitRevision: unit?.revision ?? 0,
    },
  };
}
