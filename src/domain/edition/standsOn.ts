import type { Upstream } from './edition.ts';

/** Where a text stands, in words: "1.3.0", or "1.3.0 + keep-the-proof" with what was taken ahead. */
export function standsOn({ release, ahead = [] }: Pick<Upstream, 'release'> & Partial<Upstream>): string {
  return [release, ...ahead].join(' + ');
}
