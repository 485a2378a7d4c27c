import type { TranslationUnit } from '../../edition/edition.ts';
import { baselineLanguage } from '../../edition/workingText.ts';
import type { SegmentId } from '../../package/lessonPackage.ts';
import { compareNumbers } from '../../release/numbering.ts';
import { ask, type Cell, look, type SegmentOutcome, take } from '../itemOf.ts';
import { earlierWith } from '../ourSide.ts';
import type { PackageDelta } from '../packageDelta.ts';

/** Theirs brought a segment, anew or again; ours has none. */
export function addedRow(cell: Cell, delta: PackageDelta): SegmentOutcome {
  const { delta: segment, ours } = cell;
  const severity = segment.due === null ? 'content' : 'safety';
  const back = comingBack(cell, delta);
  if (back !== null) {
    const proposed = { proposal: back.target, proposalFrom: { kind: 'history' } as const, revive: back };
    return { ...look(cell, { kind: 'revived', severity: 'editorial', choices: [], ...proposed }), kind: 'take' };
  }
  const { parts } = segment;
  if (parts.some((part) => ours.ledger.get(part)?.omits)) {
    const core = segment.after?.policy === 'core';
    const choices = core ? (['confirm', 'later'] as const) : (['keepOurs', 'confirm', 'later'] as const);
    const reason = parts.map((part) => ours.ledger.get(part)?.reason).find((each) => each !== undefined) ?? null;
    return ask(cell, { kind: 'reoffer', severity, choices, reason });
  }
  const prefilled = textOfParts(cell, delta);
  if (prefilled !== null) {
    const proposed = { proposal: prefilled.ours, proposalFrom: { kind: 'lineage' } as const, ...written(cell) };
    const texts = { base: prefilled.base, ours: prefilled.ours };
    return ask(cell, { kind: 'lineage', severity, choices: ['redo', 'confirm', 'later'], ...texts, ...proposed });
  }
  if (ours.edition.language === baselineLanguage) return take;
  // A lesson that is new is asked about as a whole; its texts wait on its own page.
  if (segment.lessons.length > 0 && segment.lessons.every((lesson) => delta.lessonsAdded.includes(lesson))) return take;
  return ask(cell, { kind: 'added', severity, choices: ['redo', 'later'], ...suggested(cell) });
}

/**
 * The text of a segment that was there before and is back. Where the source is what it was when it went, the text that
 * went with it comes back as it was, stale if it was stale; else the last one with the meaning that it has now. A text of
 * a segment that is new here, because its update was taken back, does not come by itself.
 */
function comingBack({ delta: segment, ours }: Cell, delta: PackageDelta): TranslationUnit | null {
  const revisions = ours.history[segment.id] ?? [];
  const [first, last] = [revisions[0], revisions.at(-1)];
  if (first === undefined || last === undefined || compareNumbers(first.release, delta.base) > 0) return null;
  const retired = compareNumbers(last.release, delta.base) <= 0 ? ours.earlier?.get(segment.id)?.[0] : undefined;
  return retired ?? earlierWith(ours, segment.id, segment.meaning);
}

/** What a split or joined segment begins with: our texts of its parts, in order; null where we have none. */
function textOfParts({ delta: segment, ours }: Cell, delta: PackageDelta): { base: string; ours: string } | null {
  const { parts } = segment;
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

/** A text that people of ours wrote for it already; nothing where nobody did. */
function written({ delta, ours }: Cell) {
  const same = earlierWith(ours, delta.id, delta.meaning);
  const last = same ?? ours.earlier?.get(delta.id)?.find((unit) => unit.state !== 'initial');
  return last === undefined ? {} : { proposal: last.target, proposalFrom: { kind: 'history' } as const, revive: same };
}

/** Our last text, when there was one; else what a memory offers. */
function suggested(cell: Cell) {
  const { delta, ours } = cell;
  const ownText = written(cell);
  if ('proposal' in ownText) return ownText;
  const found = ours.suggest?.(delta.id, delta.after?.text ?? '') ?? null;
  if (found === null) return {};
  const { text, percent, origin } = found;
  return { proposal: text, proposalFrom: { kind: 'memory' as const, percent, origin } };
}
