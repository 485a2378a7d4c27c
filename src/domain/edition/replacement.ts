import { DomainError, type ErrorCode } from '../errors.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';
import type { EditionTag, TranslationUnit } from './edition.ts';
import { findPlaces, type Replacing, replaceAt } from './replaceText.ts';
import { checkPlaceholders } from './unitChecks.ts';

/** Words that were put in the place of others all over an edition, in one step that can be taken back. */
export type Replacement = {
  readonly id: string;
  readonly edition: EditionTag;
  readonly replacing: Replacing;
  readonly by: string;
  readonly at: Instant;
  /** What was changed, with the revision that it got. */
  readonly changed: readonly { readonly segment: SegmentId; readonly revision: number }[];
  /** Written by somebody between the preview and this: left as it is. */
  readonly meanwhile: readonly SegmentId[];
  /** What the words would have broken. */
  readonly refused: readonly { readonly segment: SegmentId; readonly why: ErrorCode }[];
  readonly undone: {
    readonly by: string;
    readonly at: Instant;
    /** Written by somebody since: left as it is. */
    readonly kept: readonly SegmentId[];
  } | null;
  readonly revision: number;
};

/** What a replacement would make of one text. */
export type Replaced = {
  readonly after: string;
  readonly count: number;
  /** Why it cannot be: a fact would be lost or come from nowhere, or nothing would be left. */
  readonly refused: ErrorCode | null;
};

/** The text with the new words; null where the words are not found, or nothing would change. */
export function replacedIn(
  unit: Pick<TranslationUnit, 'segment' | 'target'>,
  source: string,
  language: string,
  replacing: Replacing,
): Replaced | null {
  const places = findPlaces(unit.target, language, replacing);
  const after = replaceAt(unit.target, places, replacing.replace).trim();
  if (places.length === 0 || after === unit.target) return null;
  return { after, count: places.length, refused: refusalOf(unit.segment, source, after) };
}

function refusalOf(segment: SegmentId, source: string, after: string): ErrorCode | null {
  try {
    checkPlaceholders(segment, source, after);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

/**
 * The unit with its new words. What somebody has read has to be read again; how far it has fallen behind its source does
 * not change, since nobody compared it.
 */
export function withWords(unit: TranslationUnit, after: string, by: string, at: Instant): TranslationUnit {
  return {
    ...unit,
    target: after,
    state: unit.state === 'initial' ? 'initial' : 'translated',
    backTranslation: null,
    by,
    reviewedBy: null,
    at,
    origin: 'person',
    revision: unit.revision + 1,
  };
}

export type UndoneReplacement = {
  readonly replacement: Replacement;
  readonly save: readonly TranslationUnit[];
};

/** Takes a replacement back: each unit that nobody touched since gets the text and the state it had. */
export function undoReplacing(
  replacement: Replacement,
  units: ReadonlyMap<SegmentId, TranslationUnit>,
  earlier: ReadonlyMap<SegmentId, TranslationUnit>,
  by: string,
  at: Instant,
): UndoneReplacement {
  if (replacement.undone !== null) throw new DomainError('updateDone');
  const save: TranslationUnit[] = [];
  const kept: SegmentId[] = [];
  for (const { segment, revision } of replacement.changed) {
    const now = units.get(segment);
    const old = earlier.get(segment);
    if (now === undefined || old === undefined || now.revision !== revision) kept.push(segment);
    else save.push({ ...old, at, revision: now.revision + 1 });
  }
  return {
    replacement: { ...replacement, undone: { by, at, kept }, revision: replacement.revision + 1 },
    save,
  };
}
