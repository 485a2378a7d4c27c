import type { LessonState } from '../../../domain/edition/edition.ts';
import type { LessonReadiness } from '../../../domain/edition/readiness.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import type { Lesson } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import type { Desk } from '../today/loadDesk.ts';
import type { Waiting } from '../today/waiting.ts';
import { type FilterLink, filterLinks, isShown, type LoadRow, loadRows, type Show } from './filters.ts';
import { type Hands, handsOf, type Viewer } from './hands.ts';
import { type ObstacleGroup, obstacleGroups } from './obstacleLinks.ts';

/** Widths of the bar in hundredths: reviewed, then done, the rest is open. */
export type Bar = { readonly reviewed: number; readonly done: number };

export type LessonRow = LessonTitle &
  Hands & {
    /** Of a lesson of the partner's own: where it is built. */
    readonly own: string | null;
    readonly anchor: string;
    readonly state: LessonState;
    readonly stateText: string;
    readonly reason: string;
    readonly segments: number;
    readonly done: number;
    readonly reviewed: number;
    readonly stale: number;
    readonly bar: Bar;
    readonly ready: boolean;
    readonly obstacles: readonly ObstacleGroup[];
    readonly hrefs: { readonly workbench: string; readonly preview: string; readonly choice: string };
    readonly choices: readonly { readonly state: LessonState; readonly text: string; readonly chosen: boolean }[];
    /** What was wrong with the choice just sent. */
    readonly problem: string | null;
  };

export type LessonsPage = {
  readonly headline: string;
  readonly lede: string;
  readonly rows: readonly LessonRow[];
  /** What the edition has of its own. */
  readonly material: string;
  readonly revision: number;
  readonly filters: readonly FilterLink[];
  /** Who has how much in hand; for whoever may assign. */
  readonly loads: readonly LoadRow[];
};

const states: readonly LessonState[] = ['planned', 'offered', 'leftOut'];

export type RefusedChoice = {
  readonly lesson: string;
  readonly state: LessonState;
  readonly reason: string;
  readonly message: string;
};

/** All lessons with how far they are and what is in their way. */
export function lessonsPage(
  t: Translate,
  desk: Desk,
  waiting: Waiting,
  refused: RefusedChoice | null = null,
  { viewer = null, show = 'all' }: { readonly viewer?: Viewer | null; readonly show?: Show } = {},
): LessonsPage {
  const { working } = desk;
  const rows = working.lessonPackage.lessons.map((lesson) => rowOf(t, desk, waiting, lesson, refused, viewer));
  const offered = rows.filter((row) => row.state === 'offered');
  const ready = offered.filter((row) => row.ready).length;
  return {
    headline: headline(t, rows.length, offered.length, ready),
    lede: t('edition:lessons.lede', { release: standsOn(working.edition.upstream) }),
    rows: rows.filter((row) => isShown(row, show)),
    material: paths.material.to(working.edition.tag),
    filters: filterLinks(t, working.edition.tag, rows, show),
    loads: viewer?.manages ? loadRows(desk, waiting.work.ofLesson) : [],
    revision: working.edition.revision,
  };
}

function headline(t: Translate, all: number, offered: number, ready: number): string {
  if (offered === 0) return t('edition:lessons.noneOffered', { count: all });
  if (offered === 1) return t(ready === 1 ? 'edition:lessons.onlyReady' : 'edition:lessons.onlyWaits');
  return t('edition:lessons.headline', { count: ready, offered });
}

function rowOf(
  t: Translate,
  desk: Desk,
  waiting: Waiting,
  lesson: Lesson,
  refused: RefusedChoice | null,
  viewer: Viewer | null,
): LessonRow {
  const { working } = desk;
  const { edition } = working;
  const readiness = waiting.readiness.get(lesson.id) ?? nothingKnown(lesson.id);
  const kept = edition.lessons[lesson.id];
  const state = kept?.state ?? 'planned';
  const mine = refused?.lesson === lesson.id ? refused : null;
  return {
    ...lessonTitle(working, lesson),
    own: working.material?.lessons.has(lesson.id) ? paths.ownLesson.to(edition.tag, lesson.id) : null,
    anchor: `lesson-${lesson.id}`,
    state,
    stateText: t(`desk:lessonStates.${state}`),
    reason: mine?.reason ?? kept?.reason ?? '',
    segments: readiness.segments,
    done: readiness.done,
    reviewed: readiness.reviewed,
    stale: readiness.stale,
    bar: barOf(readiness),
    ready: readiness.ready,
    obstacles: state === 'leftOut' ? [] : obstacleGroups(t, edition.tag, readiness),
    hrefs: {
      workbench: paths.workbench.to(edition.tag, lesson.id),
      preview: paths.preview.to(edition.tag, lesson.id),
      choice: paths.lessonChoice.to(edition.tag, lesson.id),
    },
    choices: states.map((each) => ({
      state: each,
      text: t(`desk:lessonStates.${each}`),
      chosen: each === (mine?.state ?? state),
    })),
    problem: mine?.message ?? null,
    ...handsOf(t, desk, waiting.work.ofLesson, lesson.id, viewer),
  };
}

/** Reviewed and done parts of a lesson; the stale ones are not done. */
export function barOf({ segments, reviewed, done, stale }: LessonReadiness): Bar {
  if (segments === 0) return { reviewed: 0, done: 0 };
  const current = Math.max(0, done - stale);
  const share = (part: number) => Math.round((100 * part) / segments);
  const sure = share(Math.min(reviewed, current));
  return { reviewed: sure, done: Math.max(0, share(current) - sure) };
}

const nothingKnown = (lesson: string): LessonReadiness => ({
  lesson,
  segments: 0,
  done: 0,
  reviewed: 0,
  stale: 0,
  obstacles: [],
  ready: false,
});
