import { decode, decodeCommand } from '../bson/decode.ts';
import { encode, type Reply } from '../bson/encode.ts';
import { type Document, field, RawDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';

export const largestMessage = 48_000_000;
export const headerLength = 16;

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

/** A command as it came, with what is needed to answer it. */
export interface Message {
  readonly requestId: number;
  readonly legacy: boolean;
  /** The client does not want an answer. */
  readonly silent: boolean;
  readonly body: Document;
  readonly documents: readonly RawDocument[] | undefined;
}

export interface Header {
  readonly length: number;
  readonly requestId: number;
  readonly opCode: number;
}

export function readHeader(bytes: Buffer): Header {
  return { length: bytes.readInt32LE(0), requestId: bytes.readInt32LE(4), opCode: bytes.readInt32LE(12) };
}

/** Reads one whole message. Throws ProtocolError or InvalidBSON. */
export function readMessage(bytes: Buffer): Message {
  const header = readHeader(bytes);
  if (header.opCode === opMsg) return readMsg(bytes, header);
  if (header.opCode === opQuery) return readQuery(bytes, header);
  throw new CommandError(17, `the opcode ${header.opCode} is not offered`);
}

function frame(bytes: Buffer, at: number, end: number): Buffer {
  if (at + 4 > end) throw new CommandError(22, 'Invalid BSON: a document is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 5 || at + length > end) throw new CommandError(22, 'Invalid BSON: a document has a wrong length');
  return bytes.subarray(at, at + length);
}

function readMsg(bytes: Buffer, header: Header): Message {
  const flags = bytes.readUInt32LE(headerLength);
  if ((flags & 0xffff & ~(checksumPresent | moreToCome)) !== 0)
    throw new CommandError(17, `unknown flags ${flags} in OP_MSG`);
  const end = header.length - (flags & checksumPresent ? 4 : 0);
  let at = headerLength + 4;
  let body: Document | undefined;
  let documents: RawDocument[] | undefined;
  const sequences: [string, RawDocument[]][] = [];
  while (at < end) {
    const kind = bytes[at++];
    if (kind === 0) {
      const section = frame(bytes, at, end);
      if (body) throw new CommandError(40430, 'OP_MSG has more than one body');
      ({ body, documents } = decodeCommand(section));
      at += section.length;
    } else if (kind === 1) {
      const section = frame(bytes, at, end);
      sequences.push(readSequence(section));
      at += section.length;
    } else throw new CommandError(40432, `unknown section kind ${kind} in OP_MSG`);
  }
  if (!body) throw new CommandError(40587, 'OP_MSG has no body');
  for (const [name, list] of sequences) {
    if (name === 'documents') documents = list;
    else if (Object.hasOwn(body, name))
      throw new CommandError(40433, `Duplicate field between body and document sequence ${name}`);
    else body[name] = list.map((raw) => decode(raw.bytes));
  }
  return { requestId: header.requestId, legacy: false, silent: (flags & moreToCome) !== 0, body, documents };
}

function readSequence(section: Buffer): [string, RawDocument[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new CommandError(22, 'Invalid BSON: a sequence has no name');
  const list: RawDocument[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const document = frame(section, at, section.length);
    list.push(new RawDocument(document));
    at += document.length;
  }
  return [section.toString('utf8', 4, nameEnd), list];
}

/** Drivers say hello in the old way first. */
function readQuery(bytes: Buffer, header: Header): Message {
  const nameEnd = bytes.indexOf(0, headerLength + 4);
  const name = bytes.toString('utf8', headerLength + 4, nameEnd);
  if (nameEnd < 0 || !name.endsWith('.$cmd'))
    throw new CommandError(352, 'Unsupported OP_QUERY command. The client driver may require an upgrade.');
  const { body, documents } = decodeCommand(frame(bytes, nameEnd + 9, header.length));
  const command = Object.keys(body)[0]?.toLowerCase();
  if (command !== 'hello' && command !== 'ismaster') {
    throw new CommandError(352, `Unsupported OP_QUERY command: ${command}. The client driver may require an upgrade.`);
  }
  if (field(body, '$db') === undefined) body.$db = name.slice(0, -5);
  return { requestId: header.requestId, legacy: true, silent: false, body, documents };
}

let lastRequestId = 0;

/** The bytes of an answer. */
export function writeReply(to: { requestId: number; legacy: boolean }, reply: Reply): Buffer[] {
  const body = encode(reply);
  const head = Buffer.alloc(to.legacy ? headerLength + 20 : headerLength + 5);
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(lastRequestId, 4);
  head.writeInt32LE(to.requestId, 8);
  head.writeInt32LE(to.legacy ? opReply : opMsg, 12);
  if (to.legacy) {
    head.writeInt32LE(8, headerLength);
    head.writeInt32LE(1, headerLength + 16);
  }
  return [head, body];
}
