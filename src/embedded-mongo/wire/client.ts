import type { Socket } from 'node:net';
import type { Reply } from '../bson/encode.ts';
import type { Request } from '../command/command.ts';
import { errorReply } from '../command/dispatch.ts';
import { CommandError } from '../errors.ts';
import {
  type Envelope,
  headerLength,
  largestMessage,
  type Message,
  readEnvelope,
  readHeader,
  readMessage,
  writeReply,
} from './message.ts';
import type { Traffic } from './traffic.ts';

/**
 * How much of one client may be in memory at a time: requests that are not answered yet, as a number and in bytes, and
 * answers that it has not read. Beyond that nothing more is read from it until it is less; a driver that waits for its
 * answers never comes near. One message always passes, however large.
 */
const mostUnanswered = 16;
const mostUnansweredBytes = 64 * 1024 * 1024;
const mostUnreadBytes = 32 * 1024 * 1024;

/** Errors after which MongoDB, too, ends the connection: the bytes are not what the client meant. */
const fatal: ReadonlySet<number> = new Set([223, 233, 288]);

/** One client's connection: cuts the stream into messages and sends the answers back. */
export class Client {
  readonly #id: number;
  readonly #socket: Socket;
  readonly #accept: (request: Request) => void;
  readonly #traffic: Traffic;
  #parts: Buffer[] = [];
  #length = 0;
  #unanswered = 0;
  #unansweredBytes = 0;
  #paused = false;

  constructor(id: number, socket: Socket, accept: (request: Request) => void, traffic: Traffic) {
    this.#id = id;
    this.#socket = socket;
    this.#accept = accept;
    this.#traffic = traffic;
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    socket.on('drain', () => this.#goOn());
    // The connection's end is seen by `close`; an error alone says nothing more.
    socket.on('error', () => socket.destroy());
  }

  #receive(bytes: Buffer): void {
    this.#traffic.bytesIn += bytes.length;
    this.#parts.push(bytes);
    this.#length += bytes.length;
    this.#cut();
  }

  get #full(): boolean {
    return (
      this.#unanswered >= mostUnanswered ||
      this.#unansweredBytes >= mostUnansweredBytes ||
      this.#socket.writableLength >= mostUnreadBytes
    );
  }

  #goOn(): void {
    if (!this.#paused || this.#full || this.#socket.destroyed) return;
    this.#paused = false;
    this.#cut();
    if (!this.#paused) this.#socket.resume();
  }

  #cut(): void {
    while (this.#length >= headerLength && !this.#paused) {
      if (this.#full) {
        this.#paused = true;
        this.#socket.pause();
        return;
      }
      if (this.#parts[0] === undefined || this.#parts[0].length < headerLength)
        this.#parts = [Buffer.concat(this.#parts)];
      const { length, requestId } = readHeader(this.#parts[0] as Buffer);
      if (length < headerLength || length > largestMessage) {
        const problem = `message length ${length} is not between ${headerLength} and ${largestMessage}`;
        this.#giveUp({ requestId, legacy: false, silent: false, checksum: false }, new CommandError(17, problem));
        return;
      }
      if (this.#length < length) return;
      const all = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
      const rest = all.subarray(length);
      this.#parts = rest.length > 0 ? [rest] : [];
      this.#length = rest.length;
      this.#read(all.subarray(0, length));
    }
  }

  /** Says what is wrong and ends the connection: nobody knows where, or whether, the next message begins. */
  #giveUp(envelope: Envelope, problem: CommandError): void {
    this.#send(envelope, errorReply(problem));
    this.#parts = [];
    this.#length = 0;
    this.#paused = true;
    this.#socket.end();
    // What still comes is thrown away, so that the end of the connection is seen.
    this.#socket.removeAllListeners('data');
    this.#socket.resume();
  }

  #read(bytes: Buffer): void {
    this.#traffic.requests++;
    const envelope = readEnvelope(bytes);
    let message: Message;
    try {
      message = readMessage(bytes);
    } catch (error) {
      const problem = error instanceof CommandError ? error : new CommandError(22, `Invalid BSON: ${String(error)}`);
      if (fatal.has(problem.code)) this.#giveUp(envelope, problem);
      else this.#send(envelope, errorReply(problem));
      return;
    }
    const { body, documents } = message;
    const db = body.$db;
    this.#unanswered++;
    this.#unansweredBytes += bytes.length;
    this.#accept({
      name: Object.keys(body)[0] ?? '',
      db: typeof db === 'string' ? db : '',
      body,
      documents,
      connection: this.#id,
      answer: (reply) => {
        this.#unanswered--;
        this.#unansweredBytes -= bytes.length;
        this.#send(envelope, reply);
        this.#goOn();
      },
    });
  }

  #send(to: Envelope, reply: Reply): void {
    if (this.#socket.destroyed || to.silent) return;
    let parts: Buffer[];
    try {
      parts = writeReply(to, reply);
    } catch (error) {
      parts = writeReply(to, errorReply(new CommandError(1, `the answer could not be written: ${String(error)}`)));
    }
    this.#socket.cork();
    for (const part of parts) {
      this.#traffic.bytesOut += part.length;
      this.#socket.write(part);
    }
    this.#socket.uncork();
  }
}
