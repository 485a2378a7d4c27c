import type { Store } from '../commands/ports.ts';
import type { Partner } from '../domain/access/access.ts';
import { text, texts } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type PartnerRow = Omit<Partner, 'id'> & { readonly _id: string };

const definition = defineTable<PartnerRow>('partners', { name: text, kind: text, jurisdictions: texts });

const fromRow = ({ _id, ...partner }: PartnerRow): Partner => ({ id: _id, ...partner });

export function openPartners(scope: Scope): Store['partners'] {
  const table = openTable(scope, definition);
  return {
    async all() {
      return (await table.find({}, { sort: { _id: 1 } })).map(fromRow);
    },
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    save: ({ id, ...partner }) => table.put({ _id: id, ...partner }),
  };
}
