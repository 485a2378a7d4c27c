import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { directionOf } from '../../../domain/language.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import type { SendBack } from '../../../domain/sendBack/sendBack.ts';
import { mergeWords } from '../../../domain/update/mergeWords.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { anchorOf } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';

/** An offer as both sides read it. */
export type SendBackRow = Pick<
  SendBack,
  'id' | 'edition' | 'segment' | 'state' | 'reason' | 'evidence' | 'at' | 'revision' | 'answer'
> & {
  readonly anchor: string;
  readonly kind: string;
  readonly stateText: string;
  readonly by: string;
  readonly answeredBy: string;
  readonly source: readonly TextRun[];
  /** Marked against the text it was made against. */
  readonly proposed: readonly TextRun[];
  readonly ours: readonly TextRun[];
  readonly oursLang: string;
  readonly oursDir: 'ltr' | 'rtl';
  /** What the baseline says now, where that has changed since, marked against what it said then. */
  readonly now: readonly TextRun[] | null;
  /** The baseline has no such text any more. */
  readonly gone: boolean;
  /** The text to begin with, when it is taken: the offered one, or a merge with what the baseline says now. */
  readonly start: string;
  readonly changeSet: { readonly title: string; readonly href: string | null } | null;
  readonly release: string | null;
};

export type Known = {
  readonly names: ReadonlyMap<string, string>;
  /** Titles of change sets by their ids. */
  readonly sets: ReadonlyMap<string, string>;
  /** Whether the reader may open change sets. */
  readonly opensSets: boolean;
};

export function sendBackRow(t: Translate, sendBack: SendBack, current: string | undefined, known: Known): SendBackRow {
  const { id, edition, segment, state, reason, evidence, at, revision, answer, sourceText, proposed } = sendBack;
  const moved = current !== undefined && textHash(current) !== sendBack.sourceHash;
  const set = sendBack.changeSet;
  return {
    ...{ id, edition, segment, state, reason, evidence, at, revision, answer },
    anchor: anchorOf('unit', `offer-${id}`),
    kind: t(`sendBack:kinds.${sendBack.kind}`),
    stateText: t(`sendBack:states.${state}`),
    by: known.names.get(sendBack.by) ?? '',
    answeredBy: known.names.get(sendBack.answeredBy ?? '') ?? '',
    source: plainRuns(sourceText),
    proposed: markedRuns(sourceText, proposed, baselineLanguage),
    ours: sendBack.ourLanguage === baselineLanguage && sendBack.ours === proposed ? [] : plainRuns(sendBack.ours),
    oursLang: sendBack.ourLanguage,
    oursDir: directionOf(sendBack.ourLanguage),
    now: moved ? markedRuns(sourceText, current, baselineLanguage) : null,
    gone: current === undefined,
    start: moved ? mergeWords(sourceText, proposed, current, baselineLanguage).text : proposed,
    changeSet:
      set === null
        ? null
        : { title: known.sets.get(set) ?? set, href: known.opensSets ? paths.changeSet.to(set) : null },
    release: sendBack.release,
  };
}
