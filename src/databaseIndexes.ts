import { BSON, type Db } from 'mongodb';
import { readExactly } from './databaseExact.ts';

/** What a server adds or leaves out by itself. */
const ownWords = new Set(['v', 'ns', 'background']);

/** Makes the indexes of a collection of `from` in `to`, with all their options. */
export async function createIndexes(from: Db, to: Db, name: string): Promise<void> {
  const indexes = (await indexesOf(from, name)).filter((index) => index.get('name') !== '_id_');
  if (indexes.length > 0) await to.command({ createIndexes: name, indexes });
}

/** Throws where the indexes of the two differ in anything. */
export async function compareIndexes(from: Db, to: Db, name: string): Promise<void> {
  const [wanted, found] = await Promise.all([indexesOf(from, name), indexesOf(to, name)]);
  const spelled = (indexes: typeof wanted) => indexes.map(spell).sort();
  const missing = spelled(wanted).filter((each) => !spelled(found).includes(each));
  if (missing.length > 0 || wanted.length !== found.length)
    throw new Error(`the indexes of ${name} did not arrive as they are: ${missing.join(', ') || 'there are more'}`);
}

/** Each index as its fields: in a Map, because the order of an index's names counts, whole numbers among them. */
async function indexesOf(db: Db, name: string): Promise<readonly ReadonlyMap<string, unknown>[]> {
  const found: ReadonlyMap<string, unknown>[] = [];
  for await (const bytes of db.collection(name).listIndexes({ raw: true })) {
    const fields = new Map(fieldsOf(bytes));
    for (const word of ownWords) fields.delete(word);
    found.push(fields);
  }
  return found;
}

function fieldsOf(bytes: unknown): readonly (readonly [string, unknown])[] {
  if (!(bytes instanceof Uint8Array)) throw new Error('the driver gave an index that is not raw');
  const read: unknown = readExactly(bytes);
  if (read instanceof Map) return [...read].map(([key, value]) => [String(key), value]);
  return Object.entries(read as BSON.Document);
}

const spell = (index: ReadonlyMap<string, unknown>): string =>
  JSON.stringify([...index].map(([key, value]) => [key, spellValue(value)]).sort());

function spellValue(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(([key, inner]) => [key, spellValue(inner)]);
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.entries(value).map(([key, inner]) => [key, spellValue(inner)]);
  // A number is the same number in whichever of BSON's types a server lists it.
  return JSON.parse(BSON.EJSON.stringify({ value }, { relaxed: true })).value;
}
