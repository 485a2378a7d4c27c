import { paths } from '../../paths.ts';

/** Which segments the list of a lesson shows. */
export const filters = ['all', 'unfinished', 'stale', 'review'] as const;
export type Filter = (typeof filters)[number];

/** A name for a segment or a fact that may stand in `id` and in a fragment. */
export const anchorOf = (kind: 'unit' | 'fact', id: string): string => `${kind}-${id.replace(/[^A-Za-z0-9._-]/g, '_')}`;

/** One segment of a lesson, opened. */
export function unitHref(tag: string, lesson: string, segment: string, show: Filter = 'all'): string {
  const query = new URLSearchParams({ unit: segment, ...(show === 'all' ? {} : { show }) });
  return `${paths.workbench.to(tag, lesson)}?${query}#${anchorOf('unit', segment)}`;
}

/** One fact, opened. */
export function factHref(tag: string, key: string): string {
  return `${paths.facts.to(tag)}?${new URLSearchParams({ fact: key })}#${anchorOf('fact', key)}`;
}
