import { baselineLanguage } from '../../edition/workingText.ts';
import type { SegmentId } from '../../package/lessonPackage.ts';
import { ask, type Cell, look, type SegmentOutcome, take } from '../itemOf.ts';
import { earlierWith } from '../ourSide.ts';
import type { PackageDelta } from '../packageDelta.ts';

/** Theirs brought a segment, anew or again; ours has none. */
export function addedRow(cell: Cell, delta: PackageDelta): SegmentOutcome {
  const { delta: segment, ours } = cell;
  const severity = segment.due === null ? 'content' : 'safety';
  const back = earlierWith(ours, segment.id, segment.meaning);
  if (back !== null) {
    const proposed = { proposal: back.target, proposalFrom: { kind: 'history' } as const, revive: back };
    return { ...look(cell, { kind: 'revived', severity: 'editorial', choices: [], ...proposed }), kind: 'take' };
  }
  const parts = segment.after?.from ?? [];
  if (parts.some((part) => ours.ledger.get(part)?.omits)) {
    const core = segment.after?.policy === 'core';
    const choices = core ? (['confirm', 'later'] as const) : (['keepOurs', 'confirm', 'later'] as const);
    const reason = parts.map((part) => ours.ledger.get(part)?.reason).find((each) => each !== undefined) ?? null;
    return ask(cell, { kind: 'reoffer', severity, choices, reason });
  }
  const prefilled = textOfParts(cell, delta);
  if (prefilled !== null) {
    const proposed = { proposal: prefilled.ours, proposalFrom: { kind: 'lineage' } as const };
    const texts = { base: prefilled.base, ours: prefilled.ours };
    return ask(cell, { kind: 'lineage', severity, choices: ['redo', 'confirm', 'later'], ...texts, ...proposed });
  }
  if (ours.edition.language === baselineLanguage) return take;
  // A lesson that is new is asked about as a whole; its texts wait on its own page.
  if (segment.lessons.length > 0 && segment.lessons.every((lesson) => delta.lessonsAdded.includes(lesson))) return take;
  return ask(cell, { kind: 'added', severity, choices: ['redo', 'later'], ...suggested(cell) });
}

/** What a split or joined segment begins with: our texts of its parts, in order; null where we have none. */
function textOfParts({ delta: segment, ours }: Cell, delta: PackageDelta): { base: string; ours: string } | null {
  const parts = segment.after?.from ?? [];
  if (!parts.some((part) => textOf(ours, part) !== null)) return null;
  const same = ours.edition.language === baselineLanguage;
  const sources = parts.map((part) => delta.segments.get(part)?.before?.text ?? '');
  const targets = parts.map((part, index) => textOf(ours, part) ?? (same ? (sources[index] ?? '') : ''));
  const joined = (texts: readonly string[]) => texts.filter((text) => text !== '').join(' ');
  return { base: joined(sources), ours: joined(targets) };
}

function textOf(ours: Cell['ours'], part: SegmentId): string | null {
  return ours.units.get(part)?.target ?? ours.earlier?.get(part)?.[0]?.target ?? null;
}

/** Our last text, when there was one with another meaning; else what a memory offers. */
function suggested({ delta, ours }: Cell) {
  const last = ours.earlier?.get(delta.id)?.[0];
  if (last !== undefined) return { proposal: last.target, proposalFrom: { kind: 'history' } as const };
  const found = ours.suggest?.(delta.id, delta.after?.text ?? '') ?? null;
  if (found === null) return {};
  const { text, percent, origin } = found;
  return { proposal: text, proposalFrom: { kind: 'memory' as const, percent, origin } };
}
