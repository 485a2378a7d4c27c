import { bands as allBands, topics as allTopics, type Band } from '../../../domain/package/lessonPackage.ts';
import type { Translate } from '../../route.ts';
import { yearsOf } from './ownLessonPage.ts';

/** What somebody chose for a new lesson. */
export type TypedLesson = {
  readonly title: string;
  readonly reason: string;
  readonly band: string;
  readonly chosen: readonly string[];
};
export const emptyLesson: TypedLesson = { title: '', reason: '', band: 'B', chosen: [] };

/** The ages of each band, as the baseline has them. */
export const agesOf: Readonly<Record<Band, readonly [number, number] | null>> = {
  A: [7, 9],
  B: [10, 12],
  C: [13, 15],
  D: [16, 18],
  adult: null,
};

export const bands = (t: Translate, typed: TypedLesson = emptyLesson) =>
  allBands.map((band) => {
    const ages = agesOf[band];
    const text = ages === null ? t('material:lesson.adults') : t('material:lesson.ages', { ages: yearsOf(ages) });
    return { band, text, chosen: band === typed.band };
  });

export const topicsOf = (t: Translate, typed: TypedLesson = emptyLesson) =>
  allTopics.map((topic) => ({ topic, text: t(`public:topic.${topic}`), chosen: typed.chosen.includes(topic) }));
