import type { Store } from '../commands/ports.ts';
import type { Presence } from '../domain/edition/presence.ts';
import { text } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable, where } from './table.ts';

type PresenceRow = Presence & { readonly _id: string };

const definition = defineTable<PresenceRow>('presence', { edition: text, segment: text, person: text, at: text });

const fromRow = ({ _id, ...presence }: PresenceRow): Presence => presence;

export function openPresence(scope: Scope): Store['presence'] {
  const table = openTable(scope, definition);
  return {
    async since(tag, at) {
      return (await table.find({ edition: tag, at: where({ $gte: at }) }, { sort: { at: 1 } })).map(fromRow);
    },
    note: (presence) => table.put({ ...presence, _id: `${presence.edition}/${presence.segment}/${presence.person}` }),
    dropBefore: (at) => table.remove({ at: where({ $lt: at }) }),
  };
}
