import type { Store } from '../commands/ports.ts';
import type { FileImport } from '../domain/exchange/fileImport.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

/** `content` is the file itself in base64: empty unless the file waits. */
type ImportRow = Omit<FileImport, 'id' | 'bytes'> & { readonly _id: string; readonly content: string };

const definition = defineTable<ImportRow>('imports', {
  edition: text,
  by: text,
  at: text,
  name: text,
  format: text,
  hash: text,
  state: text,
  // An empty text is none to Mongoose, so it is not required.
  content: maybeText,
  counts: value,
  notTaken: values,
  written: values,
  appliedAt: maybeText,
  revision: number,
});

const toRow = ({ id, bytes, ...rest }: FileImport): ImportRow => ({ _id: id, ...rest, content: bytes });
const fromRow = ({ _id, content, ...rest }: ImportRow): FileImport => ({ id: _id, ...rest, bytes: content });

export function openImports(scope: Scope): Store['imports'] {
  const table = openTable(scope, definition);
  return {
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    async ofEdition(tag, limit) {
      const only = [
        '_id',
        'edition',
        'by',
        'at',
        'name',
        'format',
        'hash',
        'state',
        'counts',
        'appliedAt',
        'revision',
      ] as const;
      const rows = await table.find({ edition: tag }, { sort: { at: -1 }, limit, only });
      return rows.map((row) => fromRow({ ...row, content: '', notTaken: [], written: [] }));
    },
    save: (fileImport) => compareAndSet(scope, table, toRow(fileImport)),
    async dropWaiting(tag, person) {
      await table.remove({ edition: tag, by: person, state: 'waiting' });
    },
  };
}
