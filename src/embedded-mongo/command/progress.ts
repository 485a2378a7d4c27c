import { encode, type Reply } from '../bson/encode.ts';
import { type Document, field, isDocument } from '../bson/value.ts';
import type { Engine } from '../storage/engine.ts';
import { writeSession } from '../storage/sessionRecord.ts';
import type { Progress } from './command.ts';

/** The field of a session's record that says how far a write came whose end is not there yet. */
const unfinished = 'unfinished';

/** What a session's record says of a retryable write: nothing yet, how far it came, or its reply. */
export class SessionProgress implements Progress {
  readonly done: Document | undefined;
  readonly #engine: Engine;
  readonly #lsid: Buffer;
  readonly #number: bigint;

  constructor(engine: Engine, lsid: Buffer, number: bigint, before: Document | undefined) {
    this.#engine = engine;
    this.#lsid = lsid;
    this.#number = number;
    const done = before && field(before, unfinished);
    this.done = isDocument(done) ? done : undefined;
  }

  note(done: Reply): void {
    this.write({ [unfinished]: done });
  }

  write(reply: Reply): void {
    this.#engine.beforeWrite();
    const record = { number: this.#number, committed: false, reply: encode(reply) };
    writeSession(this.#engine.connection, this.#lsid, record);
  }
}
