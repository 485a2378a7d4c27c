import type { Person } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { othersHere, type Presence, presenceSince } from '../../domain/edition/presence.ts';
import type { World } from '../ports.ts';

/**
 * Notes that a person has a unit open, and tells who else has one open in the edition. Rows that are told to nobody any
 * more go on the way. `segment` is null for somebody who only reads.
 */
export async function notePresence(
  { store, now }: World,
  person: Pick<Person, 'id'>,
  edition: Pick<Edition, 'tag'>,
  segment: string | null,
): Promise<readonly Presence[]> {
  const at = now();
  const since = presenceSince(at);
  const present = await store.presence.since(edition.tag, since);
  if (segment !== null) {
    await store.presence.note({ edition: edition.tag, segment, person: person.id, at });
    // Only now and then: whoever opens a unit that nobody has open sweeps up.
    if (!present.some((each) => each.person === person.id)) await store.presence.dropBefore(since);
  }
  return othersHere(present, person.id, at);
}
