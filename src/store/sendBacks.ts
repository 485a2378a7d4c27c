import type { Store } from '../commands/ports.ts';
import type { SendBack } from '../domain/sendBack/sendBack.ts';
import { compareAndSet } from './compareAndSet.ts';
import { maybeText, number, text } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable, where } from './table.ts';

type SendBackRow = Omit<SendBack, 'id'> & { readonly _id: string };

/** Texts that may be empty: an edition without a text of its own, an offer without evidence. */
const anyText = { type: String };

const definition = defineTable<SendBackRow>('sendBacks', {
  edition: text,
  segment: text,
  kind: text,
  sourceText: text,
  sourceHash: text,
  proposed: text,
  ours: anyText,
  ourLanguage: text,
  reason: text,
  evidence: anyText,
  by: text,
  at: text,
  state: text,
  answer: maybeText,
  answeredBy: maybeText,
  changeSet: maybeText,
  release: maybeText,
  releasedOn: maybeText,
  changedAt: text,
  revision: number,
});

const fromRow = ({ _id, ...sendBack }: SendBackRow): SendBack => ({ id: _id, ...sendBack });
const newestFirst = { sort: { changedAt: -1, _id: 1 } } as const;

export function openSendBacks(scope: Scope): Store['sendBacks'] {
  const table = openTable(scope, definition);
  return {
    async byId(id) {
      const row = await table.first({ _id: id });
      return row === null ? null : fromRow(row);
    },
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, newestFirst)).map(fromRow);
    },
    async some(tag, segments) {
      return (await table.find({ edition: tag, segment: among(segments) }, newestFirst)).map(fromRow);
    },
    async open() {
      return (await table.find({ state: 'open' }, newestFirst)).map(fromRow);
    },
    countOpen: () => table.count({ state: 'open' }),
    async closed(limit) {
      return (await table.find({ state: where({ $ne: 'open' }) }, { ...newestFirst, limit })).map(fromRow);
    },
    async ofSets(sets) {
      return (await table.find({ changeSet: among(sets) }, newestFirst)).map(fromRow);
    },
    save: ({ id, ...sendBack }) => compareAndSet(scope, table, { _id: id, ...sendBack }),
  };
}
