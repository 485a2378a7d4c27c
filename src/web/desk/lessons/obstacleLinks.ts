import type { LessonReadiness, Obstacle } from '../../../domain/edition/readiness.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { openPicture } from '../material/pictureRows.ts';
import { factHref, unitHref } from '../workbench/hrefs.ts';

/** Obstacles of one kind, each a link to the very place. */
export type ObstacleGroup = {
  readonly kind: Obstacle['kind'];
  readonly stops: boolean;
  readonly sign: string;
  readonly tone: string;
  readonly text: string;
  readonly links: readonly { readonly name: string; readonly href: string }[];
  /** Those beyond the first few, in a fold. */
  readonly more: readonly { readonly name: string; readonly href: string }[];
};

const order: readonly Obstacle['kind'][] = [
  'staleSafety',
  'practiceMissing',
  'lessonIncomplete',
  'homeless',
  'pictureMissing',
  'pictureUnreviewed',
  'pictureOld',
  'coreMissing',
  'keyChanged',
  'fact',
  'untranslated',
  'check',
  'unreviewed',
  'backTranslation',
  'stale',
];
const shown = 3;

/** What is in the way of a lesson, what stops it first. */
export function obstacleGroups(t: Translate, tag: string, readiness: LessonReadiness): readonly ObstacleGroup[] {
  return order
    .flatMap((kind) => [true, false].map((stops) => readiness.obstacles.filter((one) => isOf(one, kind, stops))))
    .filter((group) => group.length > 0)
    .map((group): ObstacleGroup => {
      const { lesson } = readiness;
      const kind = group[0]?.kind ?? 'stale';
      const stops = group.some((obstacle) => obstacle.stops);
      const all = group.map((obstacle) => linkOf(t, tag, lesson, obstacle)).filter((link) => link !== null);
      const links = [...new Map(all.map((link) => [link.href, link])).values()];
      return {
        kind,
        stops,
        sign: kind === 'staleSafety' ? 'safety' : kind === 'stale' ? 'content' : stops ? 'stops' : 'look',
        tone: kind === 'staleSafety' ? 'safety' : stops ? '' : 'look',
        text: t(`edition:obstacles.${kind}`, { count: group.length }),
        links: links.slice(0, shown),
        more: links.slice(shown),
      };
    })
    .sort((one, other) => Number(other.stops) - Number(one.stops));
}

/** What a check calls wrong stands apart from what is to be looked at; other kinds are one group. */
function isOf(obstacle: Obstacle, kind: Obstacle['kind'], stops: boolean): boolean {
  return obstacle.kind === kind && (kind === 'check' ? obstacle.stops : true) === stops;
}

function linkOf(t: Translate, tag: string, lesson: string, { kind, segment, fact, problem }: Obstacle) {
  if (kind === 'lessonIncomplete') {
    return { name: t(`material:gaps.${problem}`), href: paths.ownLesson.to(tag, lesson) };
  }
  if (kind === 'homeless') return { name: segment ?? '', href: `${paths.material.to(tag)}#texts` };
  if (kind === 'pictureMissing' || kind === 'pictureUnreviewed' || kind === 'pictureOld') {
    return { name: segment ?? '', href: openPicture(tag, segment ?? '') };
  }
  if (fact !== undefined) return { name: fact, href: factHref(tag, fact) };
  return segment === undefined ? null : { name: segment, href: unitHref(tag, lesson, segment) };
}
