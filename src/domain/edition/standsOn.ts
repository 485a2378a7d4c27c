import type { ChangeSetId } from '../release/release.ts';
import type { Upstream } from './edition.ts';

/** Where a text stands, in words: "1.3.0", or "1.3.0 + keep-the-proof" with what was taken ahead. */
export function standsOn({ release, ahead = [] }: Pick<Upstream, 'release'> & Partial<Upstream>): string {
  return [release, ...ahead].join(' + ');
}

/** The sets that were ahead and will not be any more, with those passed before; nothing where there are none. */
export function passedBy(before: Upstream, ahead: readonly ChangeSetId[]): Pick<Upstream, 'passed'> {
  const passed = new Set([...(before.passed ?? []), ...before.ahead.filter((id) => !ahead.includes(id))]);
  return passed.size === 0 ? {} : { passed: [...passed] };
}
