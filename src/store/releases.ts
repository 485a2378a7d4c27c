import type { Store } from '../commands/ports.ts';
import { DomainError } from '../domain/errors.ts';
import { extendHistory } from '../domain/release/meaning.ts';
import type { Release, ReleaseNumber } from '../domain/release/release.ts';
import { takenIndex } from './compareAndSet.ts';
import { bytes, flag, maybeText, text, values } from './fields.ts';
import { frozen } from './memory.ts';
import { asManifest, loadPackage, type Manifest, manifestHashes, storePackage } from './packageObjects.ts';
import type { Scope } from './scope.ts';
import { addRevisions, readRevisions, revisionsAfter, sortable } from './segmentRevisions.ts';
import { among, defineTable, openTable } from './table.ts';
import { inTransaction } from './transaction.ts';

/** `on` is a word that Mongoose keeps for itself. `order` sorts by number. */
type ReleaseRow = Omit<Release, 'number' | 'on'> &
  Manifest & { readonly _id: ReleaseNumber; readonly day: string; readonly order: string };

const releases = defineTable<ReleaseRow>('releases', {
  order: text,
  previous: maybeText,
  day: text,
  severity: text,
  summary: text,
  sets: values,
  root: text,
  demonstration: flag,
  lessons: bytes,
  segments: bytes,
  facts: bytes,
  evidence: bytes,
});

const manifestFields = ['lessons', 'segments', 'facts', 'evidence'] as const;
const ownFields = ['_id', 'previous', 'day', 'severity', 'summary', 'sets', 'root', 'demonstration'] as const;

type OwnRow = Pick<ReleaseRow, (typeof ownFields)[number]>;
const fromRow = ({ _id, day, ...release }: OwnRow): Release => ({ number: _id, ...release, on: day });
const keyOf = ({ _id, root }: Pick<ReleaseRow, '_id' | 'root'>): string => `${_id} ${root}`;

export function openReleases(scope: Scope): Store['releases'] {
  const { memory } = scope;
  const table = openTable(scope, releases);
  // What this transaction has added may never come to be: nothing is remembered of it.
  let added = false;

  const heads = (filter: Parameters<typeof table.find>[0], limit?: number) =>
    table.find(filter, { only: ['_id', 'root'], sort: { order: 1 }, ...(limit === undefined ? {} : { limit }) });

  /** The releases of these heads; those that are not remembered are read together. */
  const read = async (wanted: readonly Pick<ReleaseRow, '_id' | 'root'>[]): Promise<readonly Release[]> => {
    const missing = wanted.filter((head) => !memory.releases.has(keyOf(head))).map((head) => head._id);
    const rows = missing.length === 0 ? [] : await table.find({ _id: among(missing) }, { only: ownFields });
    const found = new Map(rows.map((row) => [keyOf(row), frozen(fromRow(row))]));
    if (!added) for (const [key, release] of found) memory.releases.set(key, release);
    return wanted.flatMap((head) => found.get(keyOf(head)) ?? memory.releases.get(keyOf(head)) ?? []);
  };
  const newestHead = () => table.first({}, { only: ['_id', 'root'], sort: { order: -1 } });
  const byNumber = async (number: ReleaseNumber) => (await read(await heads({ _id: number }, 1)))[0] ?? null;

  return {
    async all() {
      // Releases only ever come after the newest: while it is the same, so are all the others.
      const newest = await newestHead();
      const upTo = newest === null ? '' : keyOf(newest);
      if (memory.all?.upTo === upTo && !added) return memory.all.releases;
      const all = await read(await heads({}));
      const last = all.at(-1);
      if (!added && last !== undefined)
        memory.all = { upTo: keyOf({ _id: last.number, root: last.root }), releases: all };
      return all;
    },
    async newest() {
      const head = await newestHead();
      return head === null ? null : ((await read([head]))[0] ?? null);
    },
    byNumber,
    async lessonPackage(number) {
      const head = await table.first({ _id: number }, { only: ['_id', 'root'] });
      if (head === null) throw new DomainError('releaseUnknown', { release: number });
      const known = memory.packages.get(head.root);
      if (known !== undefined) return known.lessonPackage;
      const row = await table.first({ _id: number }, { only: manifestFields });
      if (row === null) throw new DomainError('releaseUnknown', { release: number });
      const loaded = await loadPackage(scope, asManifest(row), memory.packages.values());
      if (!added) memory.packages.set(head.root, loaded);
      return loaded.lessonPackage;
    },
    async add({ number, on, ...release }, lessonPackage, revisions) {
      added = scope.session !== null;
      await inTransaction(scope, async (inner) => {
        const table = openTable(inner, releases);
        const before =
          release.previous === null ? null : await table.first({ _id: release.previous }, { only: manifestFields });
        const known = new Set(before === null ? [] : manifestHashes(asManifest(before)));
        const manifest = await storePackage(inner, lessonPackage, known);
        await insertNew(() =>
          table.insert([{ _id: number, order: sortable(number), day: on, ...release, ...manifest }]),
        );
        await addRevisions(inner, number, revisions);
      });
    },
    history: (segments) => readRevisions(scope, segments),
    async fullHistory() {
      const head = await newestHead();
      const upTo = head === null ? '' : keyOf(head);
      const known = memory.history;
      if (known?.upTo === upTo && !added) return known.history;
      // What is remembered goes on, unless another file was put in the place of the one it came from.
      const [number = '', root = ''] = known?.upTo.split(' ') ?? [];
      const goesOn = number !== '' && (await table.count({ _id: number, root })) === 1;
      const later = await revisionsAfter(scope, goesOn ? number : null);
      const history = frozen(extendHistory(goesOn ? (known?.history ?? {}) : {}, later));
      if (!added) memory.history = { upTo, history };
      return history;
    },
  };
}

/** Somebody else made a release of this number meanwhile. */
async function insertNew(insert: () => Promise<void>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (takenIndex(error) !== null) throw new DomainError('staleRevision', {});
    throw error;
  }
}
