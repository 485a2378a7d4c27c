import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientSession, type Document, MongoClient, MongoServerError } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { fromBytes, show, toDriver } from './bson.ts';
import { doc, double, type Fields, get, int, list, long, nil, string, truth, type Value } from './value.ts';

/** What the engine said: a reply, or an error with its number. */
export type Said =
  | { readonly reply: Fields; readonly code: null }
  | { readonly reply: null; readonly code: number; readonly labels: readonly string[]; readonly text: string };

/** An engine on a file of its own, with an official driver before it; it can be stopped and started again. */
export class Place {
  readonly #folder = mkdtempSync(join(tmpdir(), 'hw-model-'));
  #engine: Awaited<ReturnType<typeof startEmbeddedMongo>> | null = null;
  #client: MongoClient | null = null;
  readonly #sessions = new Map<number, ClientSession>();
  #database = '';
  #databases = 0;
  /** What was sent and said: commands by name, errors by number (of writes, too), and starts of the engine after the first. */
  readonly counts = { commands: new Map<string, number>(), errors: new Map<string, number>(), restarts: 0 };

  async open(): Promise<void> {
    this.#engine = await startEmbeddedMongo({ file: join(this.#folder, 'model.db') });
    this.#client = await new MongoClient(this.#engine.uri, { retryReads: false, retryWrites: false }).connect();
  }

  /** An empty database, with no session. */
  fresh(): void {
    this.#database = `m${++this.#databases}`;
    this.#sessions.clear();
  }

  async leave(): Promise<void> {
    for (const session of this.#sessions.values()) await session.endSession();
    this.#sessions.clear();
    await this.#db().dropDatabase();
  }

  #db() {
    if (this.#client === null) throw new Error('the engine is not open');
    return this.#client.db(this.#database);
  }

  session(number: number): ClientSession {
    const known = this.#sessions.get(number);
    if (known !== undefined) return known;
    if (this.#client === null) throw new Error('the engine is not open');
    const session = this.#client.startSession();
    this.#sessions.set(number, session);
    return session;
  }

  async restart(): Promise<void> {
    this.counts.restarts++;
    await this.#shut();
    await this.open();
  }

  async #shut(): Promise<void> {
    this.#sessions.clear();
    await this.#client?.close();
    await this.#engine?.close();
  }

  async close(): Promise<void> {
    await this.#shut();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async send(command: Fields, session: number): Promise<Said> {
    more(this.counts.commands, command.fields[0]?.[0] ?? '');
    const sent: Document = Object.fromEntries(command.fields.map(([name, value]) => [name, toDriver(value)]));
    const options = { raw: true, promoteValues: false, ...(session === 0 ? {} : { session: this.session(session) }) };
    const answer = await said(async () => read(await this.#db().command(sent, options)));
    for (const code of codesOf(answer)) more(this.counts.errors, code);
    return answer;
  }
}

const more = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

function codesOf({ reply, code }: Said): string[] {
  if (reply === null) return [String(code)];
  const errors = get(reply, 'writeErrors');
  const each = errors?.kind === 'array' ? errors.items : [];
  return each.map((error) => show((error.kind === 'document' ? get(error, 'code') : undefined) ?? nil));
}

/** Turns an error of the server into what it said. */
export async function said(work: () => Promise<Fields>): Promise<Said> {
  try {
    return { reply: await work(), code: null };
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    return { reply: null, code: Number(error.code), labels: error.errorLabels, text: error.message };
  }
}

const read = (reply: Document): Fields => doc(Object.entries(reply).map(([name, value]) => [name, readValue(value)]));

function readValue(value: unknown): Value {
  if (value === null) return nil;
  if (typeof value === 'string') return string(value);
  if (typeof value === 'boolean') return truth(value);
  if (Buffer.isBuffer(value)) return fromBytes(value);
  if (Array.isArray(value)) return list(value.map(readValue));
  if (value instanceof Date) return { kind: 'date', milliseconds: value.getTime() };
  const type = Reflect.get(Object(value), '_bsontype');
  if (type === 'Int32') return int(Number(value));
  if (type === 'Double') return double(Number(value));
  if (type === 'Long') return long(BigInt(String(value)));
  if (type === 'Decimal128') return { kind: 'decimal', text: String(value) };
  if (type === 'ObjectId') return { kind: 'id', hex: String(value) };
  throw new Error(`the model does not know ${String(type)} in a reply`);
}

/** A command as one would type it. */
export const typed = (command: Fields, session: number): string =>
  `${session === 0 ? 'db' : `s${session}`}.runCommand(${show(command)})`;
