import type { Socket } from 'node:net';
import type { Reply } from '../bson/encode.ts';
import type { Request } from '../command/command.ts';
import { errorReply } from '../command/dispatch.ts';
import { CommandError } from '../errors.ts';
import { headerLength, largestMessage, type Message, readHeader, readMessage, writeReply } from './message.ts';

/** One client's connection: cuts the stream into messages and sends the answers back. */
export class Client {
  readonly #id: number;
  readonly #socket: Socket;
  readonly #accept: (request: Request) => void;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(id: number, socket: Socket, accept: (request: Request) => void) {
    this.#id = id;
    this.#socket = socket;
    this.#accept = accept;
    socket.on('data', (bytes: Buffer) => this.#receive(bytes));
    // The connection's end is seen by `close`; an error alone says nothing more.
    socket.on('error', () => socket.destroy());
  }

  #receive(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    while (this.#length >= headerLength) {
      if (this.#parts[0] === undefined || this.#parts[0].length < headerLength)
        this.#parts = [Buffer.concat(this.#parts)];
      const { length, requestId } = readHeader(this.#parts[0] as Buffer);
      if (length < headerLength || length > largestMessage) {
        const problem = new CommandError(
          17,
          `message length ${length} is not between ${headerLength} and ${largestMessage}`,
        );
        this.#send({ requestId, legacy: false }, errorReply(problem));
        this.#socket.end();
        this.#parts = [];
        this.#length = 0;
        return;
      }
      if (this.#length < length) return;
      const all = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
      const rest = all.subarray(length);
      this.#parts = rest.length > 0 ? [rest] : [];
      this.#length = rest.length;
      this.#read(all.subarray(0, length), requestId);
    }
  }

  #read(bytes: Buffer, requestId: number): void {
    let message: Message;
    try {
      message = readMessage(bytes);
    } catch (error) {
      const problem = error instanceof CommandError ? error : new CommandError(22, `Invalid BSON: ${String(error)}`);
      this.#send({ requestId, legacy: false }, errorReply(problem));
      return;
    }
    const { body, documents } = message;
    const name = Object.keys(body).find((key) => key !== '$query') ?? '';
    const db = body.$db;
    this.#accept({
      name,
      db: typeof db === 'string' ? db : 'admin',
      body,
      documents,
      connection: this.#id,
      answer: (reply) => {
        if (!message.silent) this.#send(message, reply);
      },
    });
  }

  #send(to: { requestId: number; legacy: boolean }, reply: Reply): void {
    if (this.#socket.destroyed) return;
    let parts: Buffer[];
    try {
      parts = writeReply(to, reply);
    } catch (error) {
      parts = writeReply(to, errorReply(new CommandError(1, `the answer could not be written: ${String(error)}`)));
    }
    this.#socket.cork();
    for (const part of parts) this.#socket.write(part);
    this.#socket.uncork();
  }
}
