import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { readConfig } from '../../src/config.ts';
import { canonicalJson } from '../../src/domain/release/canonical.ts';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';

/** What a data folder holds: how many rows in each collection, and a digest of all of them. */
export type Census = {
  readonly counts: Readonly<Record<string, number>>;
  readonly digests: Readonly<Record<string, string>>;
  /** Roots of all publications, `tr-TR 1 <root>`. */
  readonly roots: readonly string[];
  /** The pointers on disk by edition, whole. */
  readonly pointers: Readonly<Record<string, string>>;
  /** Secrets that are not as long as they have to be. */
  readonly brokenSecrets: readonly string[];
};

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Counts everything, below the store, so that nothing is overlooked that the store does not show. */
export async function censusOf(folder: string): Promise<Census> {
  const config = readConfig({ DATA_DIR: folder });
  const engine = await startEmbeddedMongo({ file: config.databaseFile });
  const client = await MongoClient.connect(engine.uri);
  try {
    const database = client.db();
    const counts: Record<string, number> = {};
    const digests: Record<string, string> = {};
    const names = (await database.listCollections().toArray()).map(({ name }) => name).sort();
    for (const name of names) {
      const rows = await database.collection(name).find({}).toArray();
      counts[name] = rows.length;
      const plain = rows.map((row) => canonicalJson(JSON.parse(JSON.stringify(row)))).sort();
      digests[name] = digest(plain.join('\n'));
    }
    const publications = await database.collection('publications').find({}).toArray();
    return {
      counts,
      digests,
      roots: publications.map((row) => `${row.edition} ${row.number} ${row.root}`).sort(),
      pointers: pointersIn(config.publicFolder),
      brokenSecrets: readdirSync(folder)
        .filter((name) => name.endsWith('.secret'))
        .filter((name) => readFileSync(join(folder, name), 'utf8').length !== 43),
    };
  } finally {
    await client.close();
    await engine.close();
  }
}

function pointersIn(publicFolder: string): Readonly<Record<string, string>> {
  const folder = join(publicFolder, 'editions');
  const names = readdirSync(folder).filter((name) => /^[^.].*\.json$/.test(name));
  return Object.fromEntries(names.map((name) => [name, digest(readFileSync(join(folder, name), 'utf8'))]));
}

/** Rows with ids by chance: they are counted. All others have to be the same to the byte. */
const byChance = new Set(['events', 'notices', 'outbox', 'links', 'sessions']);

/** How a census differs from undisturbed ones; where those differ among each other, it may, too. */
export function differences([one, other = one]: readonly Census[], found: Census): readonly string[] {
  if (one === undefined || other === undefined) throw new Error('an undisturbed start is needed');
  const wrong: string[] = [];
  for (const name of new Set([...Object.keys(one.counts), ...Object.keys(found.counts)])) {
    if (one.counts[name] !== other.counts[name]) continue;
    if (found.counts[name] !== one.counts[name]) {
      wrong.push(`${name}: ${found.counts[name] ?? 0} rows instead of ${one.counts[name] ?? 0}`);
    } else if (
      !byChance.has(name) &&
      one.digests[name] === other.digests[name] &&
      found.digests[name] !== one.digests[name]
    ) {
      wrong.push(`${name}: other rows than in an undisturbed start`);
    }
  }
  if (found.roots.join() !== one.roots.join()) wrong.push(`publications: ${found.roots} instead of ${one.roots}`);
  for (const [name, pointer] of Object.entries(one.pointers)) {
    if (other.pointers[name] === pointer && found.pointers[name] !== pointer) wrong.push(`pointer ${name} differs`);
  }
  if (found.brokenSecrets.length > 0) wrong.push(`secrets not whole: ${found.brokenSecrets}`);
  return wrong;
}

/** Collections and pointers that are compared to the byte, for the evidence. */
export function comparedWhole([one, other = one]: readonly Census[]): readonly string[] {
  if (one === undefined || other === undefined) return [];
  const same = (left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>) =>
    Object.keys(left).filter((name) => left[name] === right[name]);
  return [
    ...same(one.digests, other.digests).filter((name) => !byChance.has(name)),
    ...same(one.pointers, other.pointers).map((name) => `pointer ${name}`),
  ];
}
