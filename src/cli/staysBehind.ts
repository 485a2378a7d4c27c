import type { LeftBehind } from '../commands/content/leftBehind.ts';

/** What an export does not hold, in one sentence; what is lost to a reader's eye is named, the rest is counted. */
export function staysBehind({ pictures, texts, waivers, comments, assignments, offers }: LeftBehind): string {
  const named = (count: number, one: string, many: string, names: readonly string[] = []): readonly string[] => {
    if (count === 0) return [];
    const list = names.length === 0 ? '' : ` (${names.join(', ')})`;
    return [`${count} ${count === 1 ? one : many}${list}`];
  };
  const found = [
    ...named(pictures.length, 'PICTURE', 'PICTURES', pictures),
    ...named(texts.length, 'TEXT that no release has a source for', 'TEXTS that no release has a source for', texts),
    ...named(waivers, 'answer to a check', 'answers to checks'),
    ...named(comments, 'open comment', 'open comments'),
    ...named(assignments, 'assignment', 'assignments'),
    ...named(offers, 'offer to the baseline', 'offers to the baseline'),
  ];
  const always = 'people, reviews, earlier texts, publications and the checks of national facts';
  const here = found.length === 0 ? '' : `, and of the editions ${found.join(', ')}`;
  return `Not in these files: ${always}${here}; "npx headwater db backup" takes everything.`;
}
