import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { Release, Severity } from '../../../domain/release/release.ts';
import type { EditionWork } from './impact.ts';

/** One release of the drawing, with a ring for each edition that stands on it. */
export type StreamColumn = {
  readonly number: string;
  readonly severity: Severity;
  /** Not released yet. */
  readonly proposed: boolean;
  readonly rings: readonly { readonly tag: string; readonly conflict: boolean }[];
  readonly editions: number;
  readonly conflicts: number;
};

/** The releases from the oldest that an edition stands on to the proposed one; conflicts first among the rings. */
export function impactStream(
  releases: readonly Release[],
  works: readonly EditionWork[],
  proposed: Pick<Release, 'number' | 'severity'>,
): readonly StreamColumn[] {
  const stands = works.map(({ edition }) => edition.upstream.release).sort(compareNumbers);
  const oldest = stands[0];
  const drawn = oldest === undefined ? [] : releases.filter(({ number }) => compareNumbers(number, oldest) >= 0);
  const columns = drawn.map(({ number, severity }): StreamColumn => {
    const here = works.filter(({ edition }) => edition.upstream.release === number);
    const rings = here
      .map((work) => ({ tag: work.edition.tag, conflict: work.conflicts.length + work.overrides.length > 0 }))
      .sort((one, other) => Number(other.conflict) - Number(one.conflict) || one.tag.localeCompare(other.tag));
    const conflicts = rings.filter((ring) => ring.conflict).length;
    return { number, severity, proposed: false, rings, editions: rings.length, conflicts };
  });
  const { number, severity } = proposed;
  return [...columns, { number, severity, proposed: true, rings: [], editions: 0, conflicts: 0 }];
}
