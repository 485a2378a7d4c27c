import { connect, type Socket } from 'node:net';
import { Binary, BSON, type Document, Long } from 'mongodb';

const opMsgCode = 2013;
const opQueryCode = 2004;
let lastRequestId = 100;

/** An answer as it came over the wire. */
export type Answer = {
  readonly opCode: number;
  readonly responseTo: number;
  /** Of OP_MSG; 0 otherwise. */
  readonly flags: number;
  readonly body: Document;
};

/** A message with its header; the request's id is the next one. */
export function message(opCode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + payload.length, 0);
  head.writeInt32LE(++lastRequestId, 4);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, payload]);
}

export function bodySection(body: Document): Buffer {
  return Buffer.concat([Buffer.of(0), BSON.serialize(body)]);
}

export function sequenceSection(name: string, documents: readonly Document[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => BSON.serialize(document))]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4, 0);
  return Buffer.concat([Buffer.of(1), size, content]);
}

/** An OP_MSG of these flags and sections, with whatever comes after them. */
export function opMsg(flags: number, ...sections: readonly Buffer[]): Buffer {
  const bits = Buffer.alloc(4);
  bits.writeUInt32LE(flags, 0);
  return message(opMsgCode, Buffer.concat([bits, ...sections]));
}

/** The old way of sending a command. */
export function opQuery(collection: string, body: Document): Buffer {
  const head = Buffer.concat([Buffer.alloc(4), Buffer.from(`${collection}\0`), Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])]);
  return message(opQueryCode, Buffer.concat([head, BSON.serialize(body)]));
}

/** A session's id that nobody else has. */
export function newLsid(): { id: Binary } {
  return { id: new Binary(crypto.getRandomValues(new Uint8Array(16)), Binary.SUBTYPE_UUID) };
}

/** A connection without a driver. The server has to be without TLS and without passwords. */
export class Wire {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => {};

  constructor(uri: string) {
    const host = decodeURIComponent(/^mongodb:\/\/([^/,]+)/.exec(uri)?.[1] ?? '');
    const [name = '', port = '27017'] = host.split(':');
    this.#socket = host.startsWith('/') ? connect(host) : connect(Number(port), name);
    this.#socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  send(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  /** The next answer; undefined where the server has ended the connection. */
  async next(): Promise<Answer | undefined> {
    for (;;) {
      const bytes = this.#received;
      const length = bytes.length >= 16 ? bytes.readInt32LE(0) : Number.POSITIVE_INFINITY;
      if (bytes.length >= length) {
        this.#received = bytes.subarray(length);
        return read(bytes.subarray(0, length));
      }
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async exchange(bytes: Buffer): Promise<Answer> {
    this.send(bytes);
    const answer = await this.next();
    if (!answer) throw new Error('the connection was ended');
    return answer;
  }

  /** Runs a command, which names its database, and gives the reply, also of one that failed. */
  async run(body: Document): Promise<Document> {
    return (await this.exchange(opMsg(0, bodySection(body)))).body;
  }

  /** Sends a command of a transaction. */
  async inTransaction(lsid: Document, number: number, body: Document, more: Document = {}): Promise<Document> {
    return this.run({ ...body, lsid, txnNumber: Long.fromNumber(number), autocommit: false, ...more });
  }

  async commit(lsid: Document, number: number): Promise<Document> {
    return this.inTransaction(lsid, number, { commitTransaction: 1, $db: 'admin' });
  }

  async abort(lsid: Document, number: number): Promise<Document> {
    return this.inTransaction(lsid, number, { abortTransaction: 1, $db: 'admin' });
  }

  close(): void {
    this.#socket.destroy();
  }
}

function read(bytes: Buffer): Answer {
  const opCode = bytes.readInt32LE(12);
  const legacy = opCode !== opMsgCode;
  const start = legacy ? 36 : 21;
  const body = BSON.deserialize(bytes.subarray(start, start + bytes.readInt32LE(start)), { promoteLongs: false });
  return { opCode, responseTo: bytes.readInt32LE(8), flags: legacy ? 0 : bytes.readUInt32LE(16), body };
}
