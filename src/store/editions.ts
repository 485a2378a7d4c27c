import type { Store } from '../commands/ports.ts';
import type { Edition, LessonChoice } from '../domain/edition/edition.ts';
import type { ReleaseNumber } from '../domain/release/release.ts';
import type { UpdateCounts } from '../domain/update/update.ts';
import { compareAndSet } from './compareAndSet.ts';
import { type Entry, flag, fromEntries, maybeNumber, number, text, toEntries, value, values } from './fields.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

type EditionRow = Omit<Edition, 'tag' | 'lessons'> & {
  readonly _id: string;
  readonly lessons: readonly Entry<LessonChoice>[];
};
type CountsRow = { readonly _id: string; readonly release: ReleaseNumber; readonly counts: UpdateCounts };

const editions = defineTable<EditionRow>('editions', {
  partner: text,
  language: text,
  country: text,
  demonstration: flag,
  upstream: value,
  lessons: values,
  raised: value,
  summaries: value,
  kept: value,
  exitUrl: text,
  publication: maybeNumber,
  withdrawn: value,
  wordsPerHour: maybeNumber,
  revision: number,
});
const editionCounts = defineTable<CountsRow>('editionCounts', { release: text, counts: value });

const toRow = ({ tag, lessons, ...edition }: Edition): EditionRow => ({
  _id: tag,
  ...edition,
  lessons: toEntries(lessons),
});
const fromRow = ({ _id, lessons, ...edition }: EditionRow): Edition => ({
  tag: _id,
  ...edition,
  lessons: fromEntries(lessons),
});

export function openEditions(scope: Scope): Store['editions'] {
  const table = openTable(scope, editions);
  const counted = openTable(scope, editionCounts);
  return {
    async all() {
      return (await table.find({}, { sort: { _id: 1 } })).map(fromRow);
    },
    async ofPartner(partner) {
      return (await table.find({ partner }, { sort: { _id: 1 } })).map(fromRow);
    },
    async byTag(tag) {
      const row = await table.first({ _id: tag });
      return row === null ? null : fromRow(row);
    },
    save: (edition) => compareAndSet(scope, table, toRow(edition)),
    async counts(tag) {
      const row = await counted.first({ _id: tag });
      return row === null ? null : { release: row.release, counts: row.counts };
    },
    saveCounts: (rows) => counted.putAll(rows.map(({ tag, release, counts }) => ({ _id: tag, release, counts }))),
  };
}
