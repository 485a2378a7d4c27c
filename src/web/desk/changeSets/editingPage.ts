import { type LessonPackage, policies, segmentKinds } from '../../../domain/package/lessonPackage.ts';
import type { ChangeSet } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { Context, Translate } from '../../route.ts';
import { baselineTitle, headText } from '../baseline/lessonText.ts';
import { textField } from '../fields.ts';
import { sectionName } from './changeLines.ts';
import { type DraftSection, type MarkedSection, markedLesson } from './markedLesson.ts';

/** What is open on the page, and what somebody typed that could not be saved. */
export type Opened = {
  readonly segment: string;
  readonly section: string;
  /** The form that came back, with its verb; null on a fresh page. */
  readonly typed: Context['form'] | null;
};

type Both = { readonly before: LessonPackage; readonly after: LessonPackage };

/** The lesson of a draft, row by row, with the one that is open. */
export function editingSections(t: Translate, both: Both, set: ChangeSet, lesson: string, opened: Opened) {
  const sections = markedLesson(t, both, set.changes, lesson);
  const at = openRow(sections, opened);
  return {
    sections: sections.map((section): MarkedSection => {
      const adding = at === null && opened.segment === '' && opened.section === section.id;
      return {
        ...section,
        rows: section.rows.map((row) => ({
          ...row,
          open: at !== null && at.section === section.id && at.segment === row.segment,
          href: openHref(set.id, lesson, { section: section.id, segment: row.segment }),
        })),
        adding,
        addHref: openHref(set.id, lesson, { section: section.id }),
      };
    }),
    form:
      at === null ? addingForm(t, sections, opened) : segmentFormFor(t, both.after, set, lesson, sections, at, opened),
  };
}

const openHref = (set: string, lesson: string, query: Readonly<Record<string, string>>): string =>
  `${paths.changeSetLesson.to(set, lesson)}?${new URLSearchParams(query)}#open`;

type At = { readonly section: string; readonly segment: string };

/** The row to open: where the section is not named, the first place of the segment. What is gone cannot be opened. */
function openRow(sections: readonly DraftSection[], { segment, section }: Opened): At | null {
  if (segment === '') return null;
  const fits = (each: DraftSection) =>
    (section === '' || each.id === section) && each.rows.some((row) => row.segment === segment && !row.gone);
  const found =
    sections.find(fits) ?? sections.find((each) => each.rows.some((row) => row.segment === segment && !row.gone));
  return found === undefined ? null : { section: found.id, segment };
}

const choose = <T extends string>(offered: readonly T[], chosen: string, label: (value: T) => string) =>
  offered.map((value) => ({ value, label: label(value), chosen: value === chosen }));

/** The fields of a new segment, with what was typed. */
function newFields(t: Translate, typed: Context['form'] | null) {
  const given = (name: string, otherwise = '') => (typed === null ? otherwise : textField(typed, name));
  return {
    id: given('id'),
    text: given('text'),
    minutes: given('minutes'),
    kinds: choose(segmentKinds, given('kind', 'paragraph'), (kind) => t(`desk:segmentKinds.${kind}`)),
    policies: choose(policies, given('policy', 'adaptable'), (policy) => t(`desk:policies.${policy}`)),
  };
}

const verbOf = (typed: Context['form'] | null): string => (typed === null ? 'edit' : textField(typed, 'verb'));

function addingForm(t: Translate, sections: readonly DraftSection[], opened: Opened) {
  if (!sections.some((section) => section.id === opened.section)) return null;
  return { section: opened.section, added: newFields(t, opened.typed) };
}

/** Everything that the open segment's forms begin with; what was typed takes the place of what is stored. */
function segmentFormFor(
  t: Translate,
  after: LessonPackage,
  set: ChangeSet,
  lesson: string,
  sections: readonly DraftSection[],
  at: At,
  { typed }: Opened,
) {
  const rows = (sections.find((section) => section.id === at.section)?.rows ?? []).filter((row) => !row.gone);
  const index = rows.findIndex((row) => row.segment === at.segment);
  const [row, next] = [rows[index], rows[index + 1]];
  const stored = after.segments[at.segment];
  const verb = verbOf(typed);
  const of = (name: string, field: string, otherwise: string) =>
    typed !== null && verb === name ? textField(typed, field) : otherwise;
  const text = stored?.text ?? '';
  const nextText = next === undefined ? '' : (after.segments[next.segment]?.text ?? '');
  return {
    ...at,
    verb,
    action: paths.changeSetSegment.to(set.id, at.segment),
    text: of('edit', 'text', text),
    note: of('edit', 'note', stored?.note ?? ''),
    minutes: of('edit', 'minutes', row?.minutes === null || row === undefined ? '' : String(row.minutes)),
    step: stored?.kind === 'step',
    policies: choose(policies, of('edit', 'policy', stored?.policy ?? ''), (policy) => t(`desk:policies.${policy}`)),
    lessons: row?.lessons ?? 0,
    places: placesFor(t, after, lesson, at, of('move', 'to', '')),
    split: {
      id1: of('split', 'id1', freeId(after, `${at.segment}.a`)),
      text1: of('split', 'text1', text),
      id2: of('split', 'id2', freeId(after, `${at.segment}.b`)),
      text2: of('split', 'text2', ''),
    },
    join:
      next === undefined
        ? null
        : {
            next: next.segment,
            id: of('join', 'id', freeId(after, `${at.segment}.with`)),
            text: of('join', 'text', `${text} ${nextText}`),
          },
    added: newFields(t, verb === 'add' ? typed : null),
    opened: {
      move: verb === 'move',
      split: verb === 'split',
      join: verb === 'join',
      add: verb === 'add',
      remove: verb === 'remove',
    },
  };
}

/** Suggested, not parsed: an id that nothing has. */
function freeId(after: LessonPackage, id: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? id : `${id}${number}`;
    if (!Object.hasOwn(after.segments, candidate)) return candidate;
  }
}

/** Places to move to: behind every segment of this lesson, and the end of each section of the others. */
function placesFor(t: Translate, after: LessonPackage, lesson: string, at: At, chosen: string) {
  const gist = (id: string) => (after.segments[id]?.text ?? '').replaceAll('**', '').replace(/\s+/g, ' ').slice(0, 50);
  const option = (value: string, label: string) => ({ value, label, chosen: value === chosen });
  return after.lessons.flatMap((each) =>
    each.sections.map((section) => {
      const place = `${each.id} ${section.id}`;
      const last = section.placements.at(-1)?.segment;
      const here = each.id === lesson;
      const behind = (
        here ? section.placements.map((placement) => placement.segment) : last === undefined ? [] : [last]
      )
        .filter((id) => id !== at.segment)
        .map((id) => option(`${place} ${id}`, t('baseline:edit.behind', { segment: id, text: gist(id) })));
      const first = here || last === undefined ? [option(place, t('baseline:edit.first'))] : [];
      return { label: `${each.id}, ${sectionName(t, section.id)}`, options: [...first, ...behind] };
    }),
  );
}

/** What the lesson is called in the draft, or was. */
export function draftTitle({ before, after }: Both, id: string): string | null {
  for (const lessonPackage of [after, before]) {
    const lesson = lessonPackage.lessons.find((each) => each.id === id);
    if (lesson !== undefined)
      return headText(lessonPackage, lesson, 'heading') === '' ? id : baselineTitle(lessonPackage, lesson);
  }
  return null;
}
