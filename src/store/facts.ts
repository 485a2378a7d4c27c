import type { Store } from '../commands/ports.ts';
import type { FactKey, FactProposal, FactValue, JurisdictionCode, Wording } from '../domain/facts/fact.ts';
import { type Entry, fromEntries, text, toEntries, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

type WordingRow = Omit<Wording, 'forms'> & { readonly forms?: readonly Entry<string>[] };
type StoredValue = Omit<FactValue, 'wordings'> & { readonly wordings: readonly Entry<WordingRow>[] };
type FactRow = StoredValue & { readonly _id: string };
type ProposalRow = Omit<FactProposal, 'value'> & { readonly _id: string; readonly value: StoredValue };

const facts = defineTable<FactRow>('facts', {
  key: text,
  jurisdiction: text,
  neutral: value,
  wordings: values,
  source: text,
  lookedUpOn: text,
  certainty: text,
  check: value,
  suspended: value,
});
const factProposals = defineTable<ProposalRow>('factProposals', {
  key: text,
  jurisdiction: text,
  value,
  by: text,
  at: text,
  reason: text,
});

const idOf = (jurisdiction: JurisdictionCode, key: FactKey): string => `${jurisdiction}/${key}`;

function toStored({ wordings, ...fact }: FactValue): StoredValue {
  const rows = toEntries(wordings).map(({ key, value: { forms, ...wording } }) => ({
    key,
    value: { ...wording, ...(forms === undefined ? {} : { forms: toEntries(forms) }) },
  }));
  return { ...fact, wordings: rows };
}

function fromStored({ wordings, ...fact }: StoredValue): FactValue {
  const values = wordings.map(({ key, value: { forms, ...wording } }) => ({
    key,
    value: { ...wording, ...(forms === undefined ? {} : { forms: fromEntries(forms) }) },
  }));
  return { ...fact, wordings: fromEntries(values) };
}

const fromRow = ({ _id, ...stored }: FactRow): FactValue => fromStored(stored);
const fromProposal = ({ _id, value: stored, ...proposal }: ProposalRow): FactProposal => ({
  ...proposal,
  value: fromStored(stored),
});

export function openFacts(scope: Scope): Store['facts'] {
  const table = openTable(scope, facts);
  const proposals = openTable(scope, factProposals);
  return {
    async ofJurisdictions(codes) {
      return (await table.find({ jurisdiction: among(codes) }, { sort: { _id: 1 } })).map(fromRow);
    },
    async byKey(jurisdiction, key) {
      const row = await table.first({ _id: idOf(jurisdiction, key) });
      return row === null ? null : fromRow(row);
    },
    save: (fact) => table.put({ _id: idOf(fact.jurisdiction, fact.key), ...toStored(fact) }),
    async proposals(codes) {
      return (await proposals.find({ jurisdiction: among(codes) }, { sort: { _id: 1 } })).map(fromProposal);
    },
    async proposal(jurisdiction, key) {
      const row = await proposals.first({ _id: idOf(jurisdiction, key) });
      return row === null ? null : fromProposal(row);
    },
    saveProposal: (proposal) =>
      proposals.put({
        _id: idOf(proposal.jurisdiction, proposal.key),
        ...proposal,
        value: toStored(proposal.value),
      }),
    async dropProposal(jurisdiction, key) {
      await proposals.remove({ _id: idOf(jurisdiction, key) });
    },
  };
}
