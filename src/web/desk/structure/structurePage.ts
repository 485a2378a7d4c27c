import { omissionKinds } from '../../../commands/edition/omitSegment.ts';
import { minutesRange } from '../../../commands/edition/overrideLesson.ts';
import { goesWith, omissionOf } from '../../../domain/edition/omission.ts';
import {
  groupsOf,
  inOrder,
  type MinutesOverride,
  movableGroups,
  type OrderOverride,
} from '../../../domain/edition/override.ts';
import { lessonOf } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Lesson, Placement, Section } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { sectionAnchor } from '../baseline/lessonText.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import type { Desk } from '../today/loadDesk.ts';
import { anchorOf, unitHref } from '../workbench/hrefs.ts';
import { snippetOf } from '../workbench/textRuns.ts';

/** What was sent and could not be kept. */
export type StructureRefusal = {
  readonly code: number;
  readonly message: string;
  readonly field: string;
  readonly segment: string;
  readonly section: string;
  readonly typed: Readonly<Record<string, string>>;
  /** What somebody else wrote meanwhile. */
  readonly theirs: string | null;
};

type Opened = {
  readonly segment: string;
  readonly order: string;
  readonly mayWrite: boolean;
  readonly refusal: StructureRefusal | null;
};

/** A lesson as this edition teaches it: what it leaves out, how long its steps take, in which order they stand. */
export function structurePage(t: Translate, desk: Desk, lesson: Lesson, opened: Opened) {
  const { edition, ledger, overrides = [] } = desk.working;
  const ours = lessonOf(desk.working, lesson);
  const theirs = overrides.filter((override) => override.lesson === lesson.id);
  const placed = new Set(lesson.sections.flatMap((section) => section.placements.map((each) => each.segment)));
  const left = [...ledger.values()].filter((entry) => entry.omits && placed.has(entry.segment)).length;
  const title: LessonTitle = lessonTitle(desk.working, lesson);
  return {
    lesson: title,
    headline:
      theirs.length + left === 0
        ? t('ledger:structure.none', { lesson: lesson.id })
        : t('ledger:structure.headline', { lesson: lesson.id, count: theirs.length + left }),
    minutes: ours.fields.minutes,
    baselineMinutes: lesson.fields.minutes,
    sections: lesson.sections.map((section) => sectionOf(t, desk, lesson, section, opened)),
    hrefs: {
      workbench: paths.workbench.to(edition.tag, lesson.id),
      ledger: `${paths.ledger.to(edition.tag)}?${new URLSearchParams({ lesson: lesson.id })}`,
      minutes: paths.lessonMinutes.to(edition.tag, lesson.id),
      order: paths.lessonOrder.to(edition.tag, lesson.id),
    },
  };
}

function sectionOf(t: Translate, desk: Desk, lesson: Lesson, section: Section, opened: Opened) {
  const { lessonPackage, overrides = [], edition } = desk.working;
  const movable = movableGroups(lessonPackage, section);
  const order = overrides.find(
    (each): each is OrderOverride => each.kind === 'order' && each.lesson === lesson.id && each.section === section.id,
  );
  const groups = groupsOf(lessonPackage, section);
  const fixed = groups.slice(0, groups.length - movable.length);
  const inOurs = order === undefined ? movable : inOrder(movable, order.order);
  const shown = [...fixed, ...inOurs].flatMap((group) => group.placements);
  const here = `${paths.lessonStructure.to(edition.tag, lesson.id)}?${new URLSearchParams({ order: section.id })}#${sectionAnchor(section.id)}`;
  const refusal =
    opened.refusal?.field === 'order-reason' && opened.refusal.section === section.id ? opened.refusal : null;
  return {
    id: section.id,
    anchor: sectionAnchor(section.id),
    name: t(`edition:sections.${section.kind}`),
    part: section.id.split(':')[1] ?? null,
    order: order === undefined ? null : { reason: order.reason, on: order.on },
    orderHref: opened.mayWrite && movable.length > 1 ? here : null,
    rows: shown.map((placement) => rowOf(t, desk, lesson, section, placement, opened)),
    form:
      opened.mayWrite && opened.order === section.id && movable.length > 1
        ? {
            revision: order?.revision ?? 0,
            reason: refusal?.typed.reason ?? order?.reason ?? '',
            problem: refusal?.message ?? null,
            theirs: refusal?.theirs ?? null,
            most: movable.length,
            places: inOurs.map((group, index) => ({
              segment: group.first,
              text: snippetOf(lessonPackage.segments[group.first]?.text ?? ''),
              place: refusal?.typed[`place-${group.first}`] ?? String(index + 1),
              field: anchorOf('unit', `place-${group.first}`),
            })),
          }
        : null,
  };
}

function rowOf(t: Translate, desk: Desk, lesson: Lesson, section: Section, placement: Placement, opened: Opened) {
  const { edition, lessonPackage, ledger, overrides = [], units } = desk.working;
  const { segment } = placement;
  const source = lessonPackage.segments[segment];
  const entry = ledger.get(segment);
  const minutes = overrides.find(
    (each): each is MinutesOverride =>
      each.kind === 'minutes' && each.lesson === lesson.id && each.section === section.id && each.segment === segment,
  );
  const target = units.get(segment)?.target ?? '';
  const anchor = `${sectionAnchor(section.id)}-${segment.replace(/[^A-Za-z0-9._-]/g, '_')}`;
  const open = opened.mayWrite && opened.segment === segment && (opened.order === '' || opened.order === section.id);
  const refusal = opened.refusal?.segment === segment ? opened.refusal : null;
  const query = new URLSearchParams({ segment });
  // What nobody may change here has no link that leads nowhere.
  const changeable = placement.minutes !== undefined || entry?.omits || obstacleOf(t, desk, segment) === null;
  return {
    segment,
    anchor,
    policy: source?.policy ?? 'core',
    kind: t(placement.practice ? 'edition:workbench.practiceStep' : `desk:segmentKinds.${source?.kind ?? 'paragraph'}`),
    text: snippetOf(target === '' ? (source?.text ?? '') : target),
    lang: target === '' ? 'en' : edition.language,
    unit: unitHref(edition.tag, lesson.id, segment),
    baseline: placement.minutes ?? null,
    minutes: minutes?.minutes ?? placement.minutes ?? null,
    own: minutes === undefined ? null : { reason: minutes.reason, on: minutes.on },
    omitted: entry?.omits
      ? { reason: entry.reason, on: entry.on, revision: entry.revision, href: paths.ledgerEnd.to(edition.tag, segment) }
      : null,
    change:
      opened.mayWrite && changeable ? `${paths.lessonStructure.to(edition.tag, lesson.id)}?${query}#${anchor}` : null,
    open: open ? openRow(t, desk, placement, minutes, refusal) : null,
  };
}

function openRow(
  t: Translate,
  desk: Desk,
  { segment, minutes: baseline }: Placement,
  minutes: MinutesOverride | undefined,
  refusal: StructureRefusal | null,
) {
  const { edition, lessonPackage, ledger } = desk.working;
  const typed = refusal?.typed ?? {};
  const about = (field: string) => (refusal?.field === field ? refusal : null);
  return {
    omission: ledger.get(segment)?.omits
      ? null
      : {
          href: paths.unitOmission.to(edition.tag, segment),
          revision: ledger.get(segment)?.revision ?? 0,
          with: goesWith(lessonPackage, segment).filter((id) => id !== segment),
          refused: obstacleOf(t, desk, segment),
          reason: about('omission-reason')?.typed.reason ?? '',
          problem: about('omission-reason')?.message ?? null,
          theirs: about('omission-reason')?.theirs ?? null,
          kinds: omissionKinds.map((kind) => ({
            value: kind,
            text: t(`ledger:omissionKinds.${kind}`),
            chosen: typed.kind === kind,
          })),
        },
    minutes:
      baseline === undefined
        ? null
        : {
            ...minutesRange,
            baseline,
            revision: minutes?.revision ?? 0,
            value: about('minutes')?.typed.minutes ?? String(minutes?.minutes ?? baseline),
            reason: about('minutes')?.typed.reason ?? minutes?.reason ?? '',
            problem: about('minutes')?.message ?? null,
            theirs: about('minutes')?.theirs ?? null,
          },
  };
}

/** Why a segment cannot be left out, in words; null when it can. */
function obstacleOf(t: Translate, desk: Desk, segment: string): string | null {
  try {
    omissionOf(desk.working.lessonPackage, segment);
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return t(`errors:${error.code}`, error.data);
  }
}
