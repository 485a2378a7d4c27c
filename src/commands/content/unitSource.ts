import type { TranslationUnit } from '../../domain/edition/edition.ts';
import { compareNumbers } from '../../domain/release/changeSet.ts';
import type { Release, ReleaseNumber, SegmentRevision } from '../../domain/release/release.ts';

/** A release that has the text which a unit was made from: the edition's own where it can be, else the newest one. */
export function unitSource(
  unit: TranslationUnit,
  revisions: readonly SegmentRevision[],
  upstream: ReleaseNumber,
  releases: readonly Release[],
): ReleaseNumber | null {
  const textAt = (number: ReleaseNumber): string | undefined =>
    revisions.findLast((revision) => compareNumbers(revision.release, number) <= 0)?.textHash;
  if (textAt(upstream) === unit.basedOn) return upstream;
  return releases.findLast(({ number }) => textAt(number) === unit.basedOn)?.number ?? null;
}
