import type { Store } from '../commands/ports.ts';
import type { EditionTag, LedgerEntry } from '../domain/edition/edition.ts';
import { sumLedger } from '../domain/edition/ledgerSum.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import { compareAndSet } from './compareAndSet.ts';
import { flag, maybeText, number, text, value } from './fields.ts';
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
  against: maybeText,
  before: value,
  revision: number,
});

const idOf = (tag: EditionTag, segment: SegmentId): string => `${tag}/${segment}`;
const toRow = ({ on, ...entry }: LedgerEntry): LedgerRow => ({
  _id: idOf(entry.edition, entry.segment),
  ...entry,
  day: on,
});
const fromRow = ({ _id, day, ...entry }: LedgerRow): LedgerEntry => ({ ...entry, on: day });

const counted = ['segment', 'kind', 'omits', 'declined'] as const;

const describe = ({ segment, reason, revision }: LedgerRow) => ({ segment, theirs: reason, revision });

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
    async byId(tag, segment) {
      const row = await table.first({ _id: idOf(tag, segment) });
      return row === null ? null : fromRow(row);
    },
    async sums(segments) {
      // Only what counts is read: an edition may have hundreds of reasons, and there may be hundreds of editions.
      const filter = segments === undefined ? {} : { segment: among(segments) };
      const rows = await table.find(filter, { only: counted });
      return sumLedger(rows.map((row) => ({ ...row, declined: row.declined !== undefined, count: 1 })));
    },
    save: (entry) => compareAndSet(scope, table, toRow(entry), describe),
    async drop(tag, segment) {
      await table.remove({ _id: idOf(tag, segment) });
    },
  };
}
