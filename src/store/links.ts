import type { Store } from '../commands/ports.ts';
import type { OneTimeLink } from '../domain/access/access.ts';
import { text } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type LinkRow = Omit<OneTimeLink, 'tokenHash'> & { readonly _id: string };

const definition = defineTable<LinkRow>('links', { purpose: text, person: text, expires: text });

export function openLinks(scope: Scope): Store['links'] {
  const table = openTable(scope, definition);
  return {
    save: ({ tokenHash, ...link }) => table.put({ _id: tokenHash, ...link }),
    async byTokenHash(tokenHash) {
      const row = await table.first({ _id: tokenHash });
      if (row === null) return null;
      const { _id, ...link } = row;
      return { tokenHash: _id, ...link };
    },
    async use(tokenHash) {
      return (await table.remove({ _id: tokenHash })) === 1;
    },
    async dropFor(person) {
      await table.remove({ person });
    },
  };
}
