import type { SegmentId } from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';
import type { EditionTag } from './edition.ts';

/** Somebody has a unit open. Told to others, and never a lock. */
export type Presence = {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly person: string;
  /** When they opened it, or last typed in it. */
  readonly at: Instant;
};

/** For how long an opened unit is told of. */
export const presenceMinutes = 15;

/** What is older than this is told to nobody. */
export function presenceSince(now: Instant): Instant {
  return new Date(Date.parse(now) - presenceMinutes * 60_000).toISOString();
}

/** Whole minutes since; never less than none. */
export const minutesSince = (at: Instant, now: Instant): number =>
  Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 60_000));

/** The others who have a unit open, the newest first; each person once for a unit. */
export function othersHere(present: readonly Presence[], me: string | null, now: Instant): readonly Presence[] {
  const since = presenceSince(now);
  const newest = new Map<string, Presence>();
  for (const each of present) {
    if (each.person === me || each.at < since) continue;
    const place = `${each.segment} ${each.person}`;
    const known = newest.get(place);
    if (known === undefined || known.at < each.at) newest.set(place, each);
  }
  return [...newest.values()].sort((one, other) => other.at.localeCompare(one.at));
}
