import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import type { Lesson, LessonPackage, Placement, Section, Segment } from '../../../domain/package/lessonPackage.ts';
import { sameValue } from '../../../domain/release/canonical.ts';
import type { Change } from '../../../domain/release/release.ts';
import type { Translate } from '../../route.ts';
import { type ReadingRow, type ReadingSection, reach, rowOf, sectionHead, withBars } from '../baseline/lessonText.ts';
import { addedRuns, markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';
import { placeWords } from './changeLines.ts';

export const rowStates = ['same', 'edited', 'added', 'placed', 'moved', 'removed', 'unplaced', 'movedAway'] as const;
export type RowState = (typeof rowStates)[number];

/** A segment of a draft's lesson, with what the draft does to it. */
export type MarkedRow = ReadingRow & {
  readonly state: RowState;
  /** What happened, in words; empty where only words changed or nothing did. */
  readonly told: readonly string[];
  /** Null where the text is as it was. */
  readonly runs: readonly TextRun[] | null;
  readonly gone: boolean;
  readonly open: boolean;
  readonly href: string;
};
export type MarkedSection = Omit<ReadingSection, 'rows'> & {
  readonly rows: readonly MarkedRow[];
  readonly addHref: string;
  readonly adding: boolean;
};

type Both = { readonly before: LessonPackage; readonly after: LessonPackage };
/** Where a row stands, and what it is compared with. */
type Here = Both & {
  readonly t: Translate;
  readonly lesson: string;
  readonly section: string;
  readonly old: readonly Placement[];
  readonly moves: readonly Extract<Change, { readonly kind: 'moved' }>[];
};
export type DraftRow = Omit<MarkedRow, 'open' | 'href'>;
export type DraftSection = Omit<ReadingSection, 'rows'> & { readonly rows: readonly DraftRow[] };

/** The lesson as the draft has it, with everything that it changes marked where it stands. */
export function markedLesson(
  t: Translate,
  both: Both,
  changes: readonly Change[],
  lesson: string,
): readonly DraftSection[] {
  const counts = reach(both.after);
  const moves = changes.filter((change) => change.kind === 'moved');
  const [was, is] = [lessonOf(both.before, lesson), lessonOf(both.after, lesson)];
  return sectionsOf(was, is).map((section) => {
    const old = was?.sections.find((each) => each.id === section.id)?.placements ?? [];
    const now = is?.sections.find((each) => each.id === section.id)?.placements ?? [];
    const here: Here = { ...both, t, lesson, section: section.id, old, moves };
    const rows = merged(old, now, new Set(moves.map((move) => move.placement.segment))).flatMap(
      ({ placement, gone }) => {
        const segment = (gone ? both.before : both.after).segments[placement.segment];
        if (segment === undefined) return [];
        const state = gone ? goneState(here, segment) : hereState(here, segment, placement);
        const row = rowOf(segment, placement, section.id, counts.get(segment.id) ?? 0);
        return [
          { ...row, state, gone, told: told(here, segment, placement, state), runs: runsOf(here, segment, state) },
        ];
      },
    );
    return { ...sectionHead({ ...section, placements: now }), rows: withBars(rows) };
  });
}

const lessonOf = (lessonPackage: LessonPackage, id: string): Lesson | undefined =>
  lessonPackage.lessons.find((lesson) => lesson.id === id);

function sectionsOf(was: Lesson | undefined, is: Lesson | undefined): readonly Section[] {
  const now = is?.sections ?? [];
  return [...now, ...(was?.sections ?? []).filter((old) => !now.some((section) => section.id === old.id))];
}

/** The placements as they are, and those taken out where they stood: behind the neighbour that stayed. */
export function merged(
  old: readonly Placement[],
  now: readonly Placement[],
  moved: ReadonlySet<string> = new Set(),
): readonly { readonly placement: Placement; readonly gone: boolean }[] {
  const list = now.map((placement) => ({ placement, gone: false }));
  for (const [index, placement] of old.entries()) {
    if (now.some((each) => each.segment === placement.segment)) continue;
    const previous = old.slice(0, index).findLast((each) => !moved.has(each.segment))?.segment;
    const at = previous === undefined ? -1 : list.findIndex((each) => each.placement.segment === previous);
    list.splice(at + 1, 0, { placement, gone: true });
  }
  return list;
}

const moveFrom = ({ moves, lesson, section }: Here, id: string) =>
  moves.find(({ placement, from }) => placement.segment === id && from.lesson === lesson && from.section === section);
const moveTo = ({ moves, lesson, section }: Here, id: string) =>
  moves.find(({ placement, to }) => placement.segment === id && to.lesson === lesson && to.section === section);

function goneState(here: Here, { id }: Segment): RowState {
  if (here.after.segments[id] === undefined) return 'removed';
  return moveFrom(here, id) === undefined ? 'unplaced' : 'movedAway';
}

function hereState(here: Here, segment: Segment, placement: Placement): RowState {
  const source = here.before.segments[segment.id];
  if (source === undefined) return 'added';
  if (moveTo(here, segment.id) !== undefined) return 'moved';
  const was = here.old.find((each) => each.segment === segment.id);
  if (was === undefined) return 'placed';
  return sameValue(source, segment) && sameValue(was, placement) ? 'same' : 'edited';
}

/** What happened beside the words. */
function told(
  here: Here,
  { id, policy, note, from }: Segment,
  placement: Placement,
  state: RowState,
): readonly string[] {
  const { t } = here;
  const was = (what: string) => t('baseline:was', { what });
  const words: string[] = state === 'same' || state === 'edited' ? [] : [t(`baseline:rowStates.${state}`)];
  const away = state === 'movedAway' ? moveFrom(here, id) : undefined;
  const back = state === 'moved' ? moveTo(here, id) : undefined;
  if (away !== undefined) words.push(placeWords(t, away.to));
  if (back !== undefined) words.push(was(placeWords(t, back.from)));
  const source = here.before.segments[id];
  if (source === undefined && from !== undefined) words.push(t('baseline:madeOf', { segments: [...from] }));
  if (source === undefined || here.after.segments[id] === undefined) return words;
  if (source.policy !== policy) words.push(was(t(`desk:policies.${source.policy}`)));
  const minutes = here.old.find((each) => each.segment === id)?.minutes;
  if (state === 'edited' && minutes !== placement.minutes)
    words.push(was(t('baseline:minutes', { count: minutes ?? 0 })));
  if (source.note !== note) words.push(t('baseline:changes.noteChanged'));
  return words;
}

function runsOf(here: Here, { id, text }: Segment, state: RowState): MarkedRow['runs'] {
  if (state === 'removed') return plainRuns(text).map((run) => ({ ...run, kind: 'removed' }));
  if (state === 'unplaced' || state === 'movedAway') return null;
  const source = here.before.segments[id];
  if (source === undefined) return addedRuns(text);
  return source.text === text ? null : markedRuns(source.text, text, baselineLanguage);
}
