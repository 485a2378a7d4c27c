import type { Person } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import type { LocalSegment } from '../../domain/edition/material.ts';
import type { World } from '../ports.ts';
import { localId } from './addSegment.ts';

type Words = Pick<LocalSegment, 'lesson' | 'section' | 'kind' | 'text'>;

/** A new segment of a lesson of a partner's own: the lesson places it. */
export function ownWords(world: World, person: Person, edition: Edition, words: Words): LocalSegment {
  return {
    edition: edition.tag,
    id: localId(world),
    ...words,
    after: null,
    earlier: [],
    later: [],
    since: world.now(),
    state: 'translated',
    by: person.id,
    reviewedBy: null,
    at: world.now(),
    past: [],
    removed: false,
    revision: 1,
  };
}
