import type { Edition } from '../../../domain/edition/edition.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { ChangeSet, Release } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';

export type ReleaseRow = Pick<Release, 'number' | 'on' | 'severity' | 'summary' | 'demonstration'> & {
  readonly href: string;
  readonly sets: number;
  /** Editions whose working text stands on it. */
  readonly editions: number;
};

/** The releases, the newest first. */
export function releaseRows(releases: readonly Release[], editions: readonly Edition[]): readonly ReleaseRow[] {
  return [...releases]
    .sort((one, other) => compareNumbers(other.number, one.number))
    .map(({ number, on, severity, summary, demonstration, sets }) => ({
      number,
      on,
      severity,
      summary,
      demonstration,
      href: paths.release.to(number),
      sets: sets.length,
      editions: editions.filter((edition) => edition.upstream.release === number).length,
    }));
}

export type Approved = Pick<ChangeSet, 'id' | 'title' | 'severity' | 'summary' | 'due'> & {
  readonly href: string;
  readonly chosen: boolean;
  readonly count: number;
};

/** The approved sets to choose from; nothing chosen yet means none. */
export function approvedRows(open: readonly ChangeSet[], chosen: readonly string[]): readonly Approved[] {
  return open
    .filter((set) => set.state === 'approved')
    .map(({ id, title, severity, summary, due, changes }) => ({
      id,
      title,
      severity,
      summary,
      due,
      href: paths.changeSet.to(id),
      chosen: chosen.includes(id),
      count: changes.length,
    }));
}

/** The ids of `?sets=a,b`, of `?set-a=yes&set-b=yes` from the form's boxes, or both. */
export function chosenSets(query: Readonly<Record<string, string>>): readonly string[] {
  const listed = (query.sets ?? '').split(',');
  const ticked = Object.keys(query).flatMap((name) => (name.startsWith('set-') ? [name.slice(4)] : []));
  return [...new Set([...listed, ...ticked])].filter((id) => /^[a-z0-9-]{1,80}$/.test(id));
}

/** Which news heads the list. */
export function releasesHeadline(t: Translate, newest: Release | null, approved: number): string {
  if (approved > 0) return t('baseline:releases.headlineApproved', { count: approved });
  return newest === null ? t('baseline:releases.none') : t('baseline:releases.headline', { release: newest.number });
}
