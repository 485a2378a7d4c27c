import type { Store } from '../commands/ports.ts';
import type { UnitDraft } from '../domain/edition/unitDraft.ts';
import { number, text } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type DraftRow = UnitDraft & { readonly _id: string };

const definition = defineTable<DraftRow>('unitDrafts', {
  edition: text,
  segment: text,
  person: text,
  // An emptied field is a draft, too.
  text: { type: String },
  revision: number,
  at: text,
});

const idOf = (tag: string, segment: string, person: string): string => `${tag}/${segment}/${person}`;
const fromRow = ({ _id, ...draft }: DraftRow): UnitDraft => draft;

export function openUnitDrafts(scope: Scope): Store['unitDrafts'] {
  const table = openTable(scope, definition);
  return {
    async of(tag, segment, person) {
      const row = await table.first({ _id: idOf(tag, segment, person) });
      return row === null ? null : fromRow(row);
    },
    async ofPerson(tag, person) {
      return (await table.find({ edition: tag, person }, { sort: { _id: 1 } })).map(fromRow);
    },
    keep: (draft) => table.put({ ...draft, _id: idOf(draft.edition, draft.segment, draft.person) }),
    async drop(tag, segment, person) {
      await table.remove({ _id: idOf(tag, segment, person) });
    },
  };
}
