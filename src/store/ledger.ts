import type { Store } from '../commands/ports.ts';
import type { EditionTag, LedgerEntry } from '../domain/edition/edition.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import { flag, maybeText, text } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

/** `on` is a word that Mongoose keeps for itself. */
type LedgerRow = Omit<LedgerEntry, 'on'> & { readonly _id: string; readonly day: string };

const definition = defineTable<LedgerRow>('ledger', {
  edition: text,
  segment: text,
  kind: text,
  reason: text,
  owner: text,
  day: text,
  omits: flag,
  declined: maybeText,
});

const idOf = (tag: EditionTag, segment: SegmentId): string => `${tag}/${segment}`;
const toRow = ({ on, ...entry }: LedgerEntry): LedgerRow => ({
  _id: idOf(entry.edition, entry.segment),
  ...entry,
  day: on,
});
const fromRow = ({ _id, day, ...entry }: LedgerRow): LedgerEntry => ({ ...entry, on: day });

export function openLedger(scope: Scope): Store['ledger'] {
  const table = openTable(scope, definition);
  return {
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { _id: 1 } })).map(fromRow);
    },
    async ofEditions(tags, segments) {
      // By segment alone: that index leads to what changed, however large the editions are. `tags` is nearly all of them.
      const wanted = new Set(tags);
      const rows = await table.find({ segment: among(segments) });
      return rows.map(fromRow).filter((found) => wanted.has(found.edition));
    },
    save: (entry) => table.put(toRow(entry)),
    async drop(tag, segment) {
      await table.remove({ _id: idOf(tag, segment) });
    },
  };
}
