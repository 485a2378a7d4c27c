import type { Store } from '../commands/ports.ts';
import type { EditionTag, TranslationUnit, UnitStanding } from '../domain/edition/edition.ts';
import { DomainError } from '../domain/errors.ts';
import type { SegmentId } from '../domain/package/lessonPackage.ts';
import { flag, maybeText, number, text, value } from './fields.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable, type Table, where } from './table.ts';
import { inTransaction } from './transaction.ts';

/** `past`: how many earlier texts of this segment are in the history. */
type UnitRow = TranslationUnit & { readonly _id: string; readonly past: number };
/** `place`: 1 for the oldest. */
type PastRow = TranslationUnit & { readonly _id: string; readonly unit: string; readonly place: number };

const fields = {
  edition: text,
  segment: text,
  target: text,
  state: text,
  basedOn: text,
  adapted: flag,
  backTranslation: value,
  by: text,
  reviewedBy: maybeText,
  at: text,
  origin: text,
  originOf: maybeText,
  sentBack: value,
  revision: number,
};
const units = defineTable<UnitRow>('units', { ...fields, past: number });
const unitHistory = defineTable<PastRow>('unitHistory', { ...fields, unit: text, place: number });

/** How many segments one question names: an engine that is asked for too many reads the whole collection. */
const segmentsAtOnce = 2000;

const idOf = (tag: EditionTag, segment: SegmentId): string => `${tag}/${segment}`;
const fromRow = ({ _id, past: _, ...unit }: UnitRow): TranslationUnit => unit;
const fromPast = ({ _id, unit: _, place: __, ...unit }: PastRow): TranslationUnit => unit;

function pastOf({ past, ...row }: UnitRow): PastRow {
  return { ...row, _id: `${row._id}/${past + 1}`, unit: row._id, place: past + 1 };
}

function stale(unit: TranslationUnit, theirs: UnitRow | undefined): DomainError {
  return new DomainError('staleRevision', {
    segment: unit.segment,
    ours: unit.target,
    theirs: theirs?.target ?? '',
  });
}

export function openUnits(scope: Scope): Store['units'] {
  const table = openTable(scope, units);
  const saveMany = (wanted: readonly TranslationUnit[]) => inTransaction(scope, (inner) => writeAll(inner, wanted));
  return {
    async ofEdition(tag) {
      return (await table.find({ edition: tag }, { sort: { _id: 1 } })).map(fromRow);
    },
    async some(tag, segments) {
      return (await table.find({ _id: among(segments.map((segment) => idOf(tag, segment))) })).map(fromRow);
    },
    ofEditions: async (tags, segments) => (await across(table, tags, segments)).map(fromRow),
    standings: (tags, segments) => across(table, tags, segments, standing),
    async byId(tag, segment) {
      const row = await table.first({ _id: idOf(tag, segment) });
      return row === null ? null : fromRow(row);
    },
    save: (unit) => saveMany([unit]),
    saveMany,
    retire: (unit) =>
      inTransaction(scope, async (inner) => {
        const table = openTable(inner, units);
        const row = await table.first({ _id: idOf(unit.edition, unit.segment) });
        if (row === null || row.revision !== unit.revision) throw stale(unit, row ?? undefined);
        await openTable(inner, unitHistory).insert([pastOf(row)]);
        await table.remove({ _id: row._id, revision: row.revision });
      }),
    async since(tag, at) {
      return (await table.find({ edition: tag, at: where({ $gt: at }) })).map(fromRow);
    },
    async pastOf(tag) {
      return (await openTable(scope, unitHistory).find({ edition: tag })).map(fromPast);
    },
    async history(tag, segment) {
      const rows = await openTable(scope, unitHistory).find({ unit: idOf(tag, segment) }, { sort: { place: -1 } });
      return rows.map(fromPast);
    },
    async histories(tags, segments) {
      const ids = tags.flatMap((tag) => segments.map((segment) => idOf(tag, segment)));
      if (ids.length === 0) return [];
      const rows = await openTable(scope, unitHistory).find({ unit: among(ids) }, { sort: { place: -1 } });
      return rows.map(fromPast);
    },
  };
}

const standing = ['edition', 'segment', 'basedOn', 'adapted'] as const satisfies readonly (keyof UnitStanding)[];

/**
 * One range of the index a segment, from the first of these editions to the last: neighbours are read in one go, and
 * those far away not at all.
 */
async function across<Field extends keyof UnitRow = keyof UnitRow>(
  table: Table<UnitRow>,
  tags: readonly EditionTag[],
  segments: readonly SegmentId[],
  only?: readonly (Field | 'edition')[],
): Promise<readonly Pick<UnitRow, Field | 'edition'>[]> {
  const wanted = new Set(tags);
  const [first, ...others] = [...wanted].sort();
  if (first === undefined) return [];
  const edition = where({ $gte: first, $lte: others.at(-1) ?? first });
  const found: Pick<UnitRow, Field | 'edition'>[] = [];
  for (let from = 0; from < segments.length; from += segmentsAtOnce) {
    const filter = { segment: among(segments.slice(from, from + segmentsAtOnce)), edition };
    const rows = await table.find(filter, only === undefined ? {} : { only });
    for (const row of rows) if (wanted.has(row.edition)) found.push(row);
  }
  return found;
}

/** In a transaction: what was read here is what is replaced here, or the work runs again. */
async function writeAll(scope: Scope, wanted: readonly TranslationUnit[]): Promise<void> {
  const table = openTable(scope, units);
  const history = openTable(scope, unitHistory);
  const ids = wanted.map((unit) => idOf(unit.edition, unit.segment));
  const stored = new Map((await table.find({ _id: among(ids) })).map((row) => [row._id, row]));
  const added = wanted.filter((unit) => !stored.has(idOf(unit.edition, unit.segment)));
  const last = await lastOf(history, added);
  for (const unit of wanted) {
    const _id = idOf(unit.edition, unit.segment);
    const theirs = stored.get(_id);
    const before = theirs?.revision ?? last.get(_id)?.revision ?? 0;
    // Whoever saw no unit writes the first one: that it is not the first ever is for the store to know.
    if (before !== unit.revision - 1 && (theirs !== undefined || unit.revision !== 1)) throw stale(unit, theirs);
  }
  await history.insert([...stored.values()].map(pastOf));
  await table.insert(
    added.map((unit) => {
      const _id = idOf(unit.edition, unit.segment);
      const past = last.get(_id);
      return { ...unit, _id, revision: (past?.revision ?? 0) + 1, past: past?.place ?? 0 };
    }),
  );
  const changed = wanted.flatMap((unit) => {
    const theirs = stored.get(idOf(unit.edition, unit.segment));
    if (theirs === undefined) return [];
    const row = { ...unit, _id: theirs._id, past: theirs.past + 1 };
    return [{ filter: { _id: theirs._id, revision: theirs.revision }, row }];
  });
  if ((await table.replaceAll(changed)) !== changed.length) throw new DomainError('staleRevision', {});
}

type Last = Pick<PastRow, 'unit' | 'place' | 'revision'>;

/** The newest earlier text of units that come (back) into the edition: where they go on from. */
async function lastOf(history: Table<PastRow>, added: readonly TranslationUnit[]): Promise<ReadonlyMap<string, Last>> {
  if (added.length === 0) return new Map();
  const ids = added.map((unit) => idOf(unit.edition, unit.segment));
  const only = ['unit', 'place', 'revision'] as const;
  const rows = await history.find({ unit: among(ids) }, { only, sort: { place: 1 } });
  return new Map(rows.map((row) => [row.unit, row]));
}
