import { segmentOf } from '../domain/release/changeSubject.ts';
import type { ChangeSet } from '../domain/release/release.ts';
import type { LessonPage } from '../formats/page/lessonPage.ts';
import type { Told } from '../formats/page/told.ts';
import type { LoadedEdition } from './loadEdition.ts';
import { touchedBy } from './pages/lessonParts.ts';
import type { SetNote } from './pointer.ts';

/** How an edition tells its readers of a change: in a lesson, or without one. */
export type Tell = (note: SetNote, page: LessonPage | null) => Told;

/**
 * What readers are told of a change wherever one is named, on pages, in feeds and in copies: the edition's own words for
 * it, or the baseline's summary where both speak English. Until somebody has written the first, an edition in another
 * language names the parts that were touched, in its own words, so that nobody has to read a foreign sentence.
 */
export function tellerOf({ edition, newest }: Pick<LoadedEdition, 'edition' | 'newest'>): Tell {
  const sets = new Map<string, ChangeSet>(
    newest.releases.flatMap((release) => release.sets.map((set) => [set.id, set])),
  );
  const speaksEnglish = edition.language.split('-')[0] === 'en';
  return ({ id, severity, release, on, title, summary }, page) => {
    const own = edition.summaries?.[id]?.text ?? null;
    const segments = (sets.get(id)?.changes ?? []).flatMap((change) => segmentOf(change) ?? []);
    return {
      ...{ id, severity, release, on, own },
      source: own === null && speaksEnglish ? { title, summary } : null,
      touched: own === null && !speaksEnglish && page !== null ? touchedBy(page, segments) : null,
    };
  };
}
