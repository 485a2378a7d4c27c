import type { Store } from '../commands/ports.ts';
import { keyOf, type Override, type OverrideKey } from '../domain/edition/override.ts';
import { compareAndSet } from './compareAndSet.ts';
import { number, text, value } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

/** `on` is a word that Mongoose keeps for itself; what differs by kind is kept as one value. */
type OverrideRow = {
  readonly _id: string;
  readonly edition: string;
  readonly kind: Override['kind'];
  readonly revision: number;
  readonly override: Override;
};

const definition = defineTable<OverrideRow>('overrides', {
  edition: text,
  kind: text,
  revision: number,
  override: value,
});

const idOf = ({ edition, lesson, section, kind, segment }: OverrideKey): string =>
  [edition, lesson, section, kind, ...(segment === null ? [] : [segment])].join('/');

const toRow = (override: Override): OverrideRow => ({
  _id: idOf(keyOf(override)),
  edition: override.edition,
  kind: override.kind,
  revision: override.revision,
  override,
});

const describe = ({ override }: OverrideRow) => ({ theirs: override.reason, revision: override.revision });

export function openOverrides(scope: Scope): Store['overrides'] {
  const table = openTable(scope, definition);
  return {
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { _id: 1 } })).map((row) => row.override);
    },
    async all() {
      return (await table.find({}, { sort: { _id: 1 } })).map((row) => row.override);
    },
    async byKey(key) {
      return (await table.first({ _id: idOf(key) }))?.override ?? null;
    },
    save: (override) => compareAndSet(scope, table, toRow(override), describe),
    async drop(key) {
      await table.remove({ _id: idOf(key) });
    },
  };
}
