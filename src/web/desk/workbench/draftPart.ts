import { standingOfDraft, type UnitDraft } from '../../../domain/edition/unitDraft.ts';
import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import { mergeWords } from '../../../domain/update/mergeWords.ts';
import { markedRuns, type TextRun } from './textRuns.ts';

/** What the page says of a draft of this person. */
export type DraftPart = {
  readonly at: string;
  /** The draft stands in the field. */
  readonly inField: boolean;
  /** Somebody saved since it was begun: both texts with marks, and the ways on. */
  readonly behind: {
    readonly ours: readonly TextRun[];
    readonly theirs: readonly TextRun[];
    readonly by: string;
    readonly savedAt: string;
    readonly merge: string;
    readonly mine: string;
  } | null;
};

export const draftWays = ['merge', 'mine'] as const;
export type DraftWay = (typeof draftWays)[number];

type About = {
  readonly draft: UnitDraft | null;
  readonly unit: WorkingUnit;
  /** The text that the person started from. */
  readonly base: string;
  readonly language: string;
  /** Name of who saved last. */
  readonly by: string;
  /** The address of the open unit. */
  readonly href: string;
  /** How the person wants to go on with a draft that is behind. */
  readonly way: DraftWay | null;
};

/**
 * A draft that goes on stands in the field at once. One that has fallen behind is offered beside the saved text, and
 * fills the field only when its person says how; then the other words go to the history with the save.
 */
export function draftPart(about: About): {
  readonly part: DraftPart | null;
  readonly text: string | null;
  readonly unkept: string | null;
} {
  const { draft, unit, base, language, way, href } = about;
  const standing = standingOfDraft(draft, unit.unit ?? (unit.text === '' ? null : { target: unit.text, revision: 0 }));
  if (draft === null || standing === 'none') return { part: null, text: null, unkept: null };
  if (standing === 'goesOn') {
    return { part: { at: draft.at, inField: true, behind: null }, text: draft.text, unkept: null };
  }
  const merged = mergeWords(base, draft.text, unit.text, language).text;
  const [address = '', fragment = ''] = href.split('#');
  const to = (wanted: DraftWay) => `${address}&draft=${wanted}#${fragment}`;
  const behind = {
    ours: markedRuns(base, draft.text, language),
    theirs: markedRuns(base, unit.text, language),
    by: about.by,
    savedAt: unit.unit?.at ?? draft.at,
    merge: to('merge'),
    mine: to('mine'),
  };
  const text = way === null ? null : way === 'merge' ? merged : draft.text;
  return {
    part: { at: draft.at, inField: text !== null, behind },
    text,
    unkept: way === 'merge' ? draft.text : null,
  };
}
