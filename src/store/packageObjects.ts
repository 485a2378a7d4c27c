import type { FactDefinition } from '../domain/facts/fact.ts';
import type { Evidence, Lesson, LessonPackage, Segment } from '../domain/package/lessonPackage.ts';
import { hashOf } from '../domain/release/canonical.ts';
import { segmentHash } from '../domain/release/merkle.ts';
import type { Hash } from '../domain/release/release.ts';
import { value } from './fields.ts';
import { frozen, type RememberedPackage } from './memory.ts';
import type { Scope } from './scope.ts';
import { among, defineTable, openTable } from './table.ts';

/** One lesson, segment, fact definition or evidence entry, by its hash: releases that share it store it once. */
type ObjectRow = { readonly _id: Hash; readonly body: object };

const packageObjects = defineTable<ObjectRow>('packageObjects', { body: value });

/** The hashes of everything that a package consists of, in its order. 32 bytes each, one after the other. */
export type Manifest = {
  readonly lessons: Buffer;
  readonly segments: Buffer;
  readonly facts: Buffer;
  readonly evidence: Buffer;
};

const pack = (hashes: readonly Hash[]): Buffer => Buffer.from(hashes.join(''), 'hex');

function unpack(packed: Buffer): readonly Hash[] {
  const hex = Buffer.from(packed).toString('hex');
  return Array.from({ length: hex.length / 64 }, (_, place) => hex.slice(64 * place, 64 * place + 64));
}

export const manifestHashes = (manifest: Manifest): readonly Hash[] => [
  ...unpack(manifest.lessons),
  ...unpack(manifest.segments),
  ...unpack(manifest.facts),
  ...unpack(manifest.evidence),
];

/** A Buffer of a lean read is a BSON Binary. */
export const asManifest = (
  row: { readonly [Part in keyof Manifest]: Uint8Array | { readonly buffer: Uint8Array } },
) => ({
  lessons: bytesOf(row.lessons),
  segments: bytesOf(row.segments),
  facts: bytesOf(row.facts),
  evidence: bytesOf(row.evidence),
});

const bytesOf = (stored: Uint8Array | { readonly buffer: Uint8Array }): Buffer =>
  Buffer.from(stored instanceof Uint8Array ? stored : stored.buffer);

/** Stores the objects that neither `known` nor the store has; returns what the release has to keep. */
export async function storePackage(
  scope: Scope,
  lessonPackage: LessonPackage,
  known: ReadonlySet<Hash>,
): Promise<Manifest> {
  const objects = new Map<Hash, object>();
  const add = (part: readonly object[], hash: (object: object) => Hash): Buffer =>
    pack(
      part.map((object) => {
        const key = hash(object);
        objects.set(key, object);
        return key;
      }),
    );
  const manifest = {
    lessons: add(lessonPackage.lessons, hashOf),
    segments: add(Object.values(lessonPackage.segments), (segment) => segmentHash(segment as Segment)),
    facts: add(Object.values(lessonPackage.facts), hashOf),
    evidence: add(Object.values(lessonPackage.evidence), hashOf),
  };
  const table = openTable(scope, packageObjects);
  const fresh = [...objects.keys()].filter((hash) => !known.has(hash));
  const there = new Set((await table.find({ _id: among(fresh) }, { only: ['_id'] })).map((row) => row._id));
  await table.insert(
    fresh.filter((hash) => !there.has(hash)).map((hash) => ({ _id: hash, body: objects.get(hash) as object })),
  );
  return manifest;
}

function knownObject(known: readonly RememberedPackage[], hash: Hash): object | undefined {
  for (const { objects } of known) {
    const object = objects.get(hash);
    if (object !== undefined) return object;
  }
  return undefined;
}

/** Puts a package together; objects that `known` packages share are not read again. */
export async function loadPackage(
  scope: Scope,
  manifest: Manifest,
  known: readonly RememberedPackage[],
): Promise<RememberedPackage> {
  const objects = new Map<Hash, object>();
  const missing: Hash[] = [];
  for (const hash of manifestHashes(manifest)) {
    const object = knownObject(known, hash);
    if (object === undefined) missing.push(hash);
    else objects.set(hash, object);
  }
  if (missing.length > 0) {
    const rows = await openTable(scope, packageObjects).find({ _id: among(missing) });
    for (const row of rows) objects.set(row._id, row.body);
  }
  const part = <T extends object>(packed: Buffer): readonly T[] =>
    unpack(packed).map((hash) => {
      const object = objects.get(hash);
      if (object === undefined) throw new Error(`The store has lost the package object ${hash}.`);
      return object as T;
    });
  const lessonPackage: LessonPackage = {
    lessons: part<Lesson>(manifest.lessons),
    segments: Object.fromEntries(part<Segment>(manifest.segments).map((segment) => [segment.id, segment])),
    facts: Object.fromEntries(part<FactDefinition>(manifest.facts).map((fact) => [fact.key, fact])),
    evidence: Object.fromEntries(part<Evidence>(manifest.evidence).map((entry) => [entry.id, entry])),
  };
  return { lessonPackage: frozen(lessonPackage), objects };
}
