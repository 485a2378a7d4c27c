import { breathe } from '../../../breathe.ts';
import { loadChecks } from '../../../commands/checks/loadChecks.ts';
import { loadFacts, loadWorking } from '../../../commands/edition/loadWorking.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import type { Publication } from '../../../domain/edition/publication.ts';
import { type LessonReadiness, type Obstacle, readinessOf } from '../../../domain/edition/readiness.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import { dayOf } from '../../../domain/time.ts';
import type { PublicationRun } from '../../../jobs/publications.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Translate } from '../../route.ts';

/** One kind of obstacle of one lesson: a link to the place where it can be removed. */
export type ObstacleRow = {
  readonly kind: Obstacle['kind'];
  readonly count: number;
  readonly href: string;
  readonly what: string;
  readonly due: string | null;
};

export type LessonRow = {
  readonly id: string;
  readonly title: string;
  /** Of the title: the edition's, or the source's where it is not translated yet. */
  readonly language: string;
  readonly state: string;
  readonly ready: boolean;
  readonly offered: boolean;
  readonly published: string | null;
  readonly done: number;
  readonly segments: number;
  readonly reviewed: number;
  readonly stale: number;
  readonly stops: readonly ObstacleRow[];
  readonly looks: readonly ObstacleRow[];
  readonly preview: string;
};

/** The readiness of every lesson of an edition, as it stands now. */
export async function lessonRows(
  context: EditionContext,
  publication: Publication | null,
): Promise<readonly LessonRow[]> {
  const { world, edition, t } = context;
  const working = await loadWorking(world.store, edition);
  const { facts, stops } = await loadFacts(world.store, edition, working.lessonPackage, context.now);
  const checks = await loadChecks(world, working);
  const rows: LessonRow[] = [];
  for (const lesson of working.lessonPackage.lessons) {
    // Readers are served between two lessons: looking at one takes a while.
    await breathe();
    const readiness = readinessOf(working, lesson, facts, stops, dayOf(context.now), checks.of);
    const state = edition.lessons[lesson.id]?.state ?? 'planned';
    const head = lesson.sections.find((section) => section.kind === 'head')?.placements[0]?.segment ?? '';
    const own = working.units.get(head)?.target;
    const title = own ?? working.lessonPackage.segments[head]?.text ?? lesson.id;
    const entry = publication?.lessons.find((candidate) => candidate.lesson === lesson.id);
    rows.push({
      id: lesson.id,
      title,
      language: own === undefined ? baselineLanguage : edition.language,
      state,
      ready: readiness.ready,
      offered: state === 'offered',
      published: entry === undefined ? null : entry.release,
      done: readiness.done,
      segments: readiness.segments,
      reviewed: readiness.reviewed,
      stale: readiness.stale,
      stops: obstacleRows(t, edition, readiness, true),
      looks: obstacleRows(t, edition, readiness, false),
      preview: paths.preview.to(edition.tag, lesson.id),
    });
  }
  return rows;
}

function obstacleRows(
  t: Translate,
  edition: Edition,
  readiness: LessonReadiness,
  stops: boolean,
): readonly ObstacleRow[] {
  const groups = Map.groupBy(
    readiness.obstacles.filter((obstacle) => obstacle.stops === stops),
    (obstacle) => `${obstacle.kind} ${obstacle.fact ?? obstacle.check ?? ''}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      {
        kind: first.kind,
        count: group.length,
        href: hrefOf(edition, readiness.lesson, first),
        what: first.check === undefined ? (first.fact ?? '') : t(`checks:short.${first.check}`),
        due: first.due ?? null,
      },
    ];
  });
}

function hrefOf(edition: Edition, lesson: string, obstacle: Obstacle): string {
  if (obstacle.fact !== undefined) return `${paths.facts.to(edition.tag)}?fact=${encodeURIComponent(obstacle.fact)}`;
  if (obstacle.kind === 'unreviewed') return paths.review.to(edition.tag);
  const unit = obstacle.segment === undefined ? '' : `?unit=${encodeURIComponent(obstacle.segment)}`;
  return `${paths.workbench.to(edition.tag, lesson)}${unit}`;
}

/** How far a run is, for the page and for the script that asks again. */
export type RunView = {
  readonly running: boolean;
  readonly text: string;
  readonly value: number;
  readonly max: number;
  readonly done: boolean;
  readonly failed: string | null;
};

const steps = ['check', 'texts', 'files', 'open'] as const;

export function runView(run: PublicationRun | null, t: Translate): RunView | null {
  if (run === null) return null;
  const none = { running: false, value: steps.length, max: steps.length, failed: null };
  if (run.kind === 'done') return { ...none, done: true, text: t('publish:run.done', { number: run.number }) };
  if (run.kind === 'failed') {
    const { error } = run;
    const why = error instanceof DomainError ? t(`errors:${error.code}`, error.data) : t('publish:run.unexpected');
    return { ...none, done: true, text: t('publish:run.failed'), failed: why };
  }
  const { step, done, of } = run.step;
  const value = steps.indexOf(step) + (of === 0 ? 0 : done / of);
  return { ...none, running: true, done: false, value, text: t(`publish:run.${step}`, { done, of }) };
}
