import { adaptationKinds } from '../../../domain/edition/edition.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import { type Desk, lessonsAtWork } from '../today/loadDesk.ts';
import { type Difference, differencesOf } from './differences.ts';
import { reoffersOf } from './reoffers.ts';

export type Filter = { readonly kind: string; readonly lesson: string; readonly owner: string };
type Option = { readonly value: string; readonly text: string; readonly chosen: boolean };

export type LedgerPage = {
  readonly headline: string;
  /** To look at again, the nearest change first. */
  readonly again: readonly Difference[];
  /** Only the lesson changed, elsewhere: they may be confirmed together. */
  readonly elsewhere: readonly Difference[];
  readonly rows: readonly Difference[];
  readonly all: number;
  readonly filters: Readonly<Record<keyof Filter, readonly Option[]>>;
  readonly filtered: boolean;
  readonly leftOut: readonly (LessonTitle & { readonly reason: string; readonly href: string })[];
  readonly structures: readonly (LessonTitle & { readonly href: string })[];
};

/** Every deliberate local difference, those first whose surroundings changed, and the lessons left out. */
export function ledgerPage(t: Translate, desk: Desk, names: ReadonlyMap<string, string>, asked: Filter): LedgerPage {
  const { edition, lessonPackage } = desk.working;
  const all = differencesOf(t, desk, names);
  const reoffers = reoffersOf(desk);
  const nearOf = (difference: Difference) => reoffers.get(difference.key)?.near;
  const again = (['own', 'neighbour'] as const).flatMap((near) => all.filter((each) => nearOf(each) === near));
  const leftOut = lessonPackage.lessons
    .filter((lesson) => edition.lessons[lesson.id]?.state === 'leftOut')
    .map((lesson) => ({
      ...lessonTitle(desk.working, lesson),
      reason: edition.lessons[lesson.id]?.reason ?? '',
      href: `${paths.editionLessons.to(edition.tag)}#lesson-${encodeURIComponent(lesson.id)}`,
    }));
  return {
    headline:
      again.length === 0
        ? t('ledger:headline', { count: all.length })
        : t('ledger:again.headline', { count: again.length }),
    again,
    elsewhere: all.filter((each) => nearOf(each) === 'lesson'),
    rows: all.filter((each) => fits(each, asked)),
    all: all.length,
    filters: filtersOf(t, all, asked),
    filtered: Object.values(asked).some((value) => value !== ''),
    leftOut,
    structures: lessonsAtWork(desk.working).map((lesson) => ({
      ...lessonTitle(desk.working, lesson),
      href: paths.lessonStructure.to(edition.tag, lesson.id),
    })),
  };
}

function fits(difference: Difference, { kind, lesson, owner }: Filter): boolean {
  const ofKind = kind === '' || difference.kind === kind || (kind === 'omission' && difference.shape === 'omission');
  return (
    ofKind && (lesson === '' || difference.lessons.includes(lesson)) && (owner === '' || difference.ownerId === owner)
  );
}

/** What the list can be narrowed to: only what occurs. */
function filtersOf(t: Translate, all: readonly Difference[], asked: Filter): LedgerPage['filters'] {
  const option = (value: string, text: string, now: string): Option => ({ value, text, chosen: value === now });
  const kinds = adaptationKinds.filter((kind) => all.some((each) => fits(each, { kind, lesson: '', owner: '' })));
  const lessons = [...new Set(all.flatMap((each) => each.lessons))].sort();
  const owners = new Map(all.map((each) => [each.ownerId, each.owner]));
  return {
    kind: kinds.map((kind) => option(kind, t(`desk:adaptationKinds.${kind}`), asked.kind)),
    lesson: lessons.map((lesson) => option(lesson, lesson, asked.lesson)),
    owner: [...owners].map(([id, name]) => option(id, name, asked.owner)),
  };
}
