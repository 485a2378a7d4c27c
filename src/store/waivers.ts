import type { Store } from '../commands/ports.ts';
import type { Waiver } from '../domain/checks/unit/waiver.ts';
import type { EditionTag } from '../domain/edition/edition.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text, value } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

/** A segment has a row for each finding that somebody answered. */
type WaiverRow = Waiver & { readonly _id: string };

const definition = defineTable<WaiverRow>('waivers', {
  edition: text,
  segment: text,
  check: text,
  of: text,
  reason: text,
  words: maybeText,
  by: text,
  at: text,
  withdrawn: value,
  revision: number,
});

const idOf = (tag: EditionTag, segment: SegmentId, of: string): string => `${tag}/${segment}/${of}`;
const fromRow = ({ _id, ...waiver }: WaiverRow): Waiver => waiver;

export function openWaivers(scope: Scope): Store['waivers'] {
  const table = openTable(scope, definition);
  return {
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { _id: 1 } })).map(fromRow);
    },
    async byId(tag, segment, of) {
      const row = await table.first({ _id: idOf(tag, segment, of) });
      return row === null ? null : fromRow(row);
    },
    async save(waiver) {
      const row = { ...waiver, _id: idOf(waiver.edition, waiver.segment, waiver.of) };
      await compareAndSet(scope, table, row, (theirs) => ({ theirs: theirs.words, segment: waiver.segment }));
    },
  };
}
