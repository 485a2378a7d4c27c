import type { Db } from 'mongodb';
import { type CollectionInfo, censusOf, collectionsOf, documentsOf, withDatabase } from './databaseCensus.ts';
import { readExactly } from './databaseExact.ts';
import { compareIndexes, createIndexes } from './databaseIndexes.ts';
import { type CollectionReport, createMultisetHash, type Progress } from './embedded-mongo/index.ts';

export { readAlone, writeAlone } from './embedded-mongo/index.ts';

export type MoveOptions = {
  /** What the target holds is dropped first. */
  readonly replace: boolean;
  readonly onProgress?: (progress: Progress) => void;
};

/** In the target while a move is under way: a target that has it is half of one, and may be begun anew. */
const marker = 'headwaterMove';

const batchDocuments = 1000;
const batchBytes = 8 * 1024 * 1024;

/**
 * Copies one database to another by the driver: collections and indexes with their options, documents byte for byte.
 * Reads everything back and compares a hash of each collection. The source is only read. Broken off, it leaves a target
 * that says so of itself, and that the next move clears. Throws an Error in plain words; then the target is not to be used.
 */
export function moveBetween(
  fromUri: string,
  toUri: string,
  { replace, onProgress = () => {} }: MoveOptions,
): Promise<readonly CollectionReport[]> {
  return withDatabase(fromUri, (from) =>
    withDatabase(toUri, async (to) => {
      const infos = await collectionsOf(from);
      refuseWhatCannotGo(infos);
      await makeRoom(to, replace);
      const collections = infos.filter(({ type, name }) => type === 'collection' && name !== marker);
      const counts = new Map<string, number>();
      for (const { name } of collections) counts.set(name, await from.collection(name).estimatedDocumentCount());
      const of = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const reports: CollectionReport[] = [];
      let before = 0;
      for (const info of collections) {
        const step = (done: number) => onProgress({ step: 'moving', done: before + done, of });
        const report = await moveCollection(from, to, info, step);
        before += report.documents;
        reports.push(report);
      }
      before = 0;
      for (const report of reports) {
        const step = (done: number) => onProgress({ step: 'comparing', done: before + done, of });
        await compare(from, to, report, step);
        before += report.documents;
      }
      // Last, and after the comparison: an index that lets documents expire would take some of them away before it.
      for (const [place, { name }] of collections.entries()) {
        onProgress({ step: 'indexes', done: place, of: collections.length });
        await createIndexes(from, to, name);
        await compareIndexes(from, to, name);
      }
      for (const { name, type, options } of infos) if (type === 'view') await to.createCollection(name, options);
      await to.dropCollection(marker);
      return reports;
    }),
  );
}

function refuseWhatCannotGo(infos: readonly CollectionInfo[]): void {
  for (const { name, type } of infos)
    if (type !== 'collection' && type !== 'view') throw new Error(`${name} is a ${type}, which cannot be moved`);
}

async function makeRoom(to: Db, replace: boolean): Promise<void> {
  const there = await collectionsOf(to);
  const isHalf = there.some(({ name }) => name === marker);
  if (there.length > 0 && !replace && !isHalf) {
    throw new Error(`the database "${to.databaseName}" there is not empty; with --replace it is dropped first`);
  }
  if (there.length > 0) {
    // Killed between the two, it has to be known for a half move still.
    if (!isHalf) await to.collection(marker).insertOne({ begun: new Date() });
    for (const { name } of there) if (name !== marker) await to.dropCollection(name);
  } else await to.collection(marker).insertOne({ begun: new Date() });
}

async function moveCollection(
  from: Db,
  to: Db,
  { name, options }: CollectionInfo,
  onDocument: (done: number) => void,
): Promise<CollectionReport> {
  await to.createCollection(name, options);
  const target = to.collection(name);
  const hash = createMultisetHash();
  let documents = 0;
  let batch: ReturnType<typeof readExactly>[] = [];
  let bytesInBatch = 0;
  const send = async () => {
    // Who made them has validated them; and _id stands where it stood.
    const how = { forceServerObjectId: true, bypassDocumentValidation: true, ignoreUndefined: false } as const;
    if (batch.length > 0) await target.insertMany(batch, how);
    batch = [];
    bytesInBatch = 0;
    onDocument(documents);
  };
  for await (const bytes of documentsOf(from, name)) {
    if (bytesInBatch + bytes.length > batchBytes) await send();
    batch.push(readExactly(bytes));
    bytesInBatch += bytes.length;
    hash.add(bytes);
    documents++;
    if (batch.length === batchDocuments) await send();
  }
  await send();
  const indexes = (await from.collection(name).listIndexes().toArray()).length;
  return { db: to.databaseName, name, documents, indexes, hash: hash.digest() };
}

/** What arrived is what was read, and what was read is still what is there. */
async function compare(from: Db, to: Db, moved: CollectionReport, onDocument: (done: number) => void): Promise<void> {
  const { name } = moved;
  const arrived = await censusOf(to, name, onDocument);
  if (arrived.hash !== moved.hash || arrived.documents !== moved.documents) {
    throw new Error(
      `${name} did not arrive as it is: ${moved.documents} documents, hash ${moved.hash}, became ${arrived.documents}, hash ${arrived.hash}`,
    );
  }
  const indexes = await from.collection(name).listIndexes().toArray();
  // Where documents expire, the source goes on losing them by itself.
  if (indexes.some((index) => 'expireAfterSeconds' in index)) return;
  const still = await censusOf(from, name);
  if (still.hash !== moved.hash) {
    throw new Error(`${name} changed while it was moved: stop what writes into it, and begin again`);
  }
}
