import type { EditionTag, TranslationUnit } from '../edition/edition.ts';
import { baselineLanguage, type WorkingEdition } from '../edition/workingText.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import { hashOf, textHash } from '../release/canonical.ts';
import type { Hash } from '../release/release.ts';
import type { Instant } from '../time.ts';
import type { ExchangeFormat } from './exchangeFile.ts';
import type { ImportLine } from './planImport.ts';

export type ImportCounts = {
  /** Lines in the file. */
  readonly lines: number;
  readonly taken: number;
  readonly same: number;
  readonly notTaken: number;
};

/** A file that somebody brought: looked at (`waiting`), taken in, or taken in and taken back. */
export type FileImport = {
  readonly id: string;
  readonly edition: EditionTag;
  readonly by: string;
  readonly at: Instant;
  /** What the file was called. */
  readonly name: string;
  readonly format: ExchangeFormat;
  readonly hash: Hash;
  readonly state: 'waiting' | 'applied' | 'undone';
  /** Base64, while it waits; empty afterwards: the report keeps every text that was not taken. */
  readonly bytes: string;
  readonly counts: ImportCounts;
  /** What was not taken and why; empty while it waits, since the edition goes on meanwhile. */
  readonly notTaken: readonly ImportLine[];
  /** The units written, with the revision that they got. */
  readonly written: readonly { readonly segment: SegmentId; readonly revision: number }[];
  readonly appliedAt: Instant | null;
  readonly revision: number;
};

export function countsOf(lines: readonly ImportLine[]): ImportCounts {
  const of = (outcome: ImportLine['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  return { lines: lines.length, taken: of('taken'), same: of('same'), notTaken: of('notTaken') };
}

/** A mark of what was shown: when it differs at the moment of taking, somebody has worked meanwhile. */
export function planMark(lines: readonly ImportLine[]): Hash {
  return hashOf(lines.map(({ segment, outcome, why, revision }) => [segment, outcome, why, revision]));
}

/** The units as they are with the lines that are taken: translated, to be reviewed, based on the source in the file. */
export function unitsTaken(
  lines: readonly ImportLine[],
  working: WorkingEdition,
  by: string,
  at: Instant,
): readonly TranslationUnit[] {
  const { tag, language } = working.edition;
  return lines.flatMap(({ segment, outcome, theirs, basedOn }): readonly TranslationUnit[] => {
    if (outcome !== 'taken' || basedOn === null) return [];
    const before = working.units.get(segment);
    const back = before?.backTranslation ?? null;
    return [
      {
        edition: tag,
        segment,
        target: theirs,
        state: 'translated',
        basedOn,
        adapted: before?.adapted ?? language === baselineLanguage,
        backTranslation: back?.of === textHash(theirs) ? back : null,
        by,
        reviewedBy: null,
        at,
        origin: 'person',
        revision: (before?.revision ?? 0) + 1,
      },
    ];
  });
}

export type Undone = {
  readonly save: readonly TranslationUnit[];
  readonly retire: readonly TranslationUnit[];
  /** Written by somebody since: they stay. */
  readonly kept: readonly SegmentId[];
};

/** Puts back what was here before the file, wherever nobody has written since. `earlier`: each unit before the file. */
export function undoImport(
  written: FileImport['written'],
  units: ReadonlyMap<SegmentId, TranslationUnit>,
  earlier: ReadonlyMap<SegmentId, TranslationUnit>,
): Undone {
  const save: TranslationUnit[] = [];
  const retire: TranslationUnit[] = [];
  const kept: SegmentId[] = [];
  for (const { segment, revision } of written) {
    const now = units.get(segment);
    const before = earlier.get(segment);
    if (now === undefined || now.revision !== revision) kept.push(segment);
    else if (revision === 1) retire.push(now);
    else if (before === undefined) kept.push(segment);
    else save.push({ ...before, revision: now.revision + 1 });
  }
  return { save, retire, kept };
}
