import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { type LocalLesson, ownLessonKinds } from '../../../domain/edition/material.ts';
import { gapsOf } from '../../../domain/edition/materialObstacles.ts';
import { statementsFor } from '../../../domain/edition/ownLessons.ts';
import type { Lesson, Placement, Section } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import type { Desk } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { snippetOf } from '../workbench/textRuns.ts';

export type PlacedRow = {
  readonly segment: string;
  readonly about: string;
  readonly text: string;
  readonly shared: boolean;
  readonly stateText: string;
  readonly href: string;
  readonly first: boolean;
  readonly last: boolean;
  readonly mayTake: boolean;
};

export type SectionRows = {
  readonly id: string;
  readonly anchor: string;
  readonly title: string;
  readonly rows: readonly PlacedRow[];
  readonly kinds: readonly { readonly kind: string; readonly text: string; readonly chosen: boolean }[];
  readonly takesSteps: boolean;
  readonly statements: readonly { readonly id: string; readonly text: string }[];
};

export type OwnLessonPage = {
  readonly lesson: LessonTitle;
  readonly headline: string;
  readonly about: string;
  readonly gaps: readonly string[];
  readonly sections: readonly SectionRows[];
  readonly revision: number;
  readonly mayWrite: boolean;
  readonly hrefs: {
    readonly change: string;
    readonly removal: string;
    readonly workbench: string;
    readonly preview: string;
    readonly material: string;
    readonly lessons: string;
  };
};

/** Two ages as one number; what puts it into a sentence keeps it left to right. */
export const yearsOf = ([from, to]: readonly [number, number]): string => `${from}–${to}`;

/** The kind that a section begins with. */
const usual: Readonly<Record<string, string>> = {
  head: 'paragraph',
  before: 'item',
  objectives: 'item',
  materials: 'item',
  steps: 'step',
  handout: 'heading',
};

/** A lesson of the partner's own, section by section, and what it lacks before it can be published. */
export function ownLessonPage(t: Translate, desk: Desk, actor: Actor, own: LocalLesson, lesson: Lesson): OwnLessonPage {
  const { working } = desk;
  const { edition, lessonPackage, material } = working;
  const title = lessonTitle(working, lesson);
  const ids = new Set(material?.lessons.keys() ?? []);
  const { fields } = lesson;
  const ages =
    fields.ages === null ? t('material:lesson.adults') : t('material:lesson.ages', { ages: yearsOf(fields.ages) });
  const statements = statementsFor(lessonPackage, ids, lesson).map((id) => ({
    id,
    text: snippetOf(desk.units.get(id)?.text || (lessonPackage.segments[id]?.text ?? '')),
  }));
  return {
    lesson: title,
    headline: `${lesson.id} ${title.text}`,
    about: [ages, t('edition:minutes', { count: fields.minutes })].join(t('edition:comma')),
    gaps: gapsOf(lessonPackage, lesson, ids).map((gap) => t(`material:gaps.${gap}`)),
    sections: lesson.sections.map((section) => sectionRows(t, desk, lesson, section, statements)),
    revision: own.revision,
    mayWrite: can(actor, 'material:write', { partner: edition.partner }),
    hrefs: {
      change: paths.ownLesson.to(edition.tag, lesson.id),
      removal: paths.ownLessonRemoval.to(edition.tag, lesson.id),
      workbench: paths.workbench.to(edition.tag, lesson.id),
      preview: paths.preview.to(edition.tag, lesson.id),
      material: paths.material.to(edition.tag),
      lessons: paths.editionLessons.to(edition.tag),
    },
  };
}

function sectionRows(
  t: Translate,
  desk: Desk,
  lesson: Lesson,
  section: Section,
  statements: SectionRows['statements'],
): SectionRows {
  const last = section.placements.length - 1;
  const steps = section.kind === 'steps';
  const kinds = ownLessonKinds.filter((kind) => kind !== 'step' || steps);
  return {
    id: section.id,
    anchor: `section-${section.id.replace(/[^A-Za-z0-9-]/g, '_')}`,
    title: t(`edition:sections.${section.kind}`),
    rows: section.placements.map((placement, index) =>
      placedRow(t, desk, lesson, section.id, placement, index === 0, index === last),
    ),
    kinds: kinds.map((kind) => ({
      kind,
      text: t(`desk:segmentKinds.${kind}`),
      chosen: kind === (usual[section.kind] ?? 'paragraph'),
    })),
    takesSteps: steps,
    statements: section.kind === 'messages' ? statements : [],
  };
}

function placedRow(
  t: Translate,
  desk: Desk,
  lesson: Lesson,
  section: string,
  placement: Placement,
  first: boolean,
  last: boolean,
): PlacedRow {
  const { edition, lessonPackage, material } = desk.working;
  const unit = desk.units.get(placement.segment);
  const { minutes, practice } = placement;
  const shared = !material?.segments.has(placement.segment);
  const about = [
    t(
      practice
        ? 'edition:workbench.practiceStep'
        : `desk:segmentKinds.${lessonPackage.segments[placement.segment]?.kind ?? 'paragraph'}`,
    ),
    minutes === undefined ? null : t('edition:minutes', { count: minutes }),
  ];
  const state = unit?.origin === 'inherited' ? 'final' : (unit?.unit?.state ?? 'initial');
  return {
    segment: placement.segment,
    about: about.filter((part) => part !== null).join(t('edition:comma')),
    text: unit?.text || unit?.source || '',
    shared,
    stateText: unit?.origin === 'inherited' ? t('edition:workbench.inherited') : t(`desk:unitStates.${state}`),
    href: unitHref(edition.tag, lesson.id, placement.segment),
    first,
    last,
    mayTake: !shared || section === 'messages',
  };
}
