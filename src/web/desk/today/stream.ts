import type { Edition } from '../../../domain/edition/edition.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { Release } from '../../../domain/release/release.ts';
import { numberingTag } from '../../i18n.ts';

/**
 * One slice of the drawing, with the words beside it. The main line runs through every slice; `edition` says what the
 * edition's line does there: it `leaves` at the release it stands on, passes, takes a change ahead (`joins`), or `ends`.
 */
export type Slice = {
  readonly release: { readonly number: string; readonly when: string; readonly severity: Release['severity'] } | null;
  readonly edition: 'none' | 'leaves' | 'passes' | 'joins' | 'ends' | 'drafts';
  /** Where the line passes a safety change that it has not taken. */
  readonly late: boolean;
  readonly label:
    | { readonly kind: 'stands'; readonly release: string }
    | { readonly kind: 'ahead'; readonly set: string; readonly release: string }
    | { readonly kind: 'publication'; readonly number: number }
    | { readonly kind: 'unpublished' }
    | { readonly kind: 'draft'; readonly target: string; readonly decided: number }
    | null;
};

export type Stream = {
  readonly slices: readonly Slice[];
  /** Releases older than those drawn. */
  readonly earlier: number;
  readonly behind: number;
  readonly safety: number;
};

/** A drawing is read at a glance: older releases are counted, not drawn. */
const mostBefore = 4;

type Draft = { readonly target: string; readonly decided: number };

/** The releases down the main line, the edition leaving it where it stands. */
export function streamOf(
  edition: Edition,
  releases: readonly Release[],
  draft: Draft | null,
  language: string,
): Stream {
  const nameOf = ({ number, on, severity }: Release) => ({ number, when: monthOf(on, language), severity });
  const { release: base, ahead } = edition.upstream;
  const upTo = releases.filter((release) => compareNumbers(release.number, base) <= 0);
  const later = releases.filter((release) => compareNumbers(release.number, base) > 0);
  const shown = upTo.slice(-mostBefore);
  const before = shown.map((release): Slice => {
    const here = release.number === base;
    return { release: nameOf(release), edition: here ? 'leaves' : 'none', late: false, label: null };
  });
  const stands: Slice = { release: null, edition: 'passes', late: false, label: { kind: 'stands', release: base } };
  let missed = 0;
  const after = later.map((release): Slice => {
    const taken = release.sets.find((set) => ahead.includes(set.id));
    const waiting = release.sets.filter((set) => set.severity === 'safety' && !ahead.includes(set.id)).length;
    missed += waiting;
    return {
      release: nameOf(release),
      edition: taken === undefined ? 'passes' : 'joins',
      late: missed > 0,
      label: taken === undefined ? null : { kind: 'ahead', set: taken.id, release: release.number },
    };
  });
  const drafts: Slice[] =
    draft === null ? [] : [{ release: null, edition: 'drafts', late: false, label: { kind: 'draft', ...draft } }];
  return {
    slices: [...before, stands, ...after, ending(edition, missed > 0), ...drafts],
    earlier: upTo.length - shown.length,
    behind: later.length,
    safety: missed,
  };
}

/** The month is enough to place a release. */
const monthOf = (day: string, language: string): string =>
  new Intl.DateTimeFormat(numberingTag(language), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(day),
  );

const ending = (edition: Edition, late: boolean): Slice => ({
  release: null,
  edition: 'ends',
  late,
  label: edition.publication === null ? { kind: 'unpublished' } : { kind: 'publication', number: edition.publication },
});
