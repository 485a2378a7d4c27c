import type { Store } from '../commands/ports.ts';
import type { Person } from '../domain/access/access.ts';
import { DomainError } from '../domain/errors.ts';
import { compareAndSet, takenIndex } from './compareAndSet.ts';
import { maybeFlag, number, text, texts } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type PersonRow = Omit<Person, 'id'> & { readonly _id: string; readonly emailKey: string };
type PasswordRow = { readonly _id: string; readonly hash: string };

const people = defineTable<PersonRow>('people', {
  name: text,
  email: text,
  emailKey: text,
  language: text,
  partner: text,
  roles: texts,
  state: text,
  mail: text,
  letterKeys: maybeFlag,
  epoch: number,
  revision: number,
});
/** Apart from people, so that no page that reads a person holds the hash. */
const passwords = defineTable<PasswordRow>('passwords', { hash: text });

const fromRow = ({ _id, emailKey: _, ...person }: PersonRow): Person => ({ id: _id, ...person });

/** One spelling for every way in which an address may be typed. */
const keyOf = (email: string): string => email.trim().normalize('NFC').toLowerCase();

export function openPeople(scope: Scope): Store['people'] {
  const table = openTable(scope, people);
  const secrets = openTable(scope, passwords);
  const one = async (filter: Parameters<typeof table.first>[0]) => {
    const row = await table.first(filter);
    return row === null ? null : fromRow(row);
  };
  return {
    byId: (id) => one({ _id: id }),
    byEmail: (email) => one({ emailKey: keyOf(email) }),
    async ofPartner(partner) {
      return (await table.find({ partner }, { sort: { _id: 1 } })).map(fromRow);
    },
    async all() {
      return (await table.find({}, { sort: { _id: 1 } })).map(fromRow);
    },
    async save({ id, ...person }) {
      try {
        await compareAndSet(scope, table, { _id: id, ...person, emailKey: keyOf(person.email) });
      } catch (error) {
        if (takenIndex(error)?.includes('emailKey')) throw new DomainError('emailTaken');
        throw error;
      }
    },
    async passwordHash(person) {
      return (await secrets.first({ _id: person }))?.hash ?? null;
    },
    setPasswordHash: (person, hash) => secrets.put({ _id: person, hash }),
  };
}
