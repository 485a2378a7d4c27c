import { decode, decodeCommand } from '../bson/decode.ts';
import { encode, type Reply } from '../bson/encode.ts';
import { type Document, field, isDocument, RawDocument, typeName } from '../bson/value.ts';
import { CommandError, typeMismatch } from '../errors.ts';
import { crc32c } from './checksum.ts';

export const largestMessage = 48_000_000;
export const headerLength = 16;

/** A command may be somewhat larger than a document, for it holds one. */
const largestBody = 16 * 1024 * 1024 + 16 * 1024;
const mostSequences = 2;
const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;
const checksumPresent = 1;
const moreToCome = 2;

/** What the header and the flags say about how a message is answered: known even where the rest cannot be read. */
export interface Envelope {
  readonly requestId: number;
  /** Answered as OP_REPLY. */
  readonly legacy: boolean;
  /** The client does not want an answer. */
  readonly silent: boolean;
  /** The message has a checksum, and so has its answer. */
  readonly checksum: boolean;
}

/** A command as it came. */
export interface Message {
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

export function readEnvelope(bytes: Buffer): Envelope {
  const { opCode, requestId } = readHeader(bytes);
  const flags = opCode === opMsg && bytes.length >= headerLength + 4 ? bytes.readUInt32LE(headerLength) : 0;
  return {
    requestId,
    legacy: opCode === opQuery,
    silent: (flags & moreToCome) !== 0,
    checksum: (flags & checksumPresent) !== 0,
  };
}

/** Reads one whole message. Throws ProtocolError, InvalidBSON and the errors of OP_MSG. */
export function readMessage(bytes: Buffer): Message {
  const header = readHeader(bytes);
  if (header.opCode === opMsg) return readMsg(bytes);
  if (header.opCode === opQuery) return readQuery(bytes, header);
  throw new CommandError(17, `the opcode ${header.opCode} is not offered`);
}

function frame(bytes: Buffer, at: number, end: number): Buffer {
  if (at + 4 > end) throw new CommandError(22, 'Invalid BSON: a document is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 5 || at + length > end) throw new CommandError(22, 'Invalid BSON: a document has a wrong length');
  return bytes.subarray(at, at + length);
}

function readBody(section: Buffer): Message {
  if (section.length > largestBody) {
    const problem = `BSONObj size: ${section.length} is invalid. Size must be between 0 and ${largestBody}`;
    throw new CommandError(10334, problem);
  }
  return decodeCommand(section);
}

function readMsg(bytes: Buffer): Message {
  if (bytes.length < headerLength + 4) throw new CommandError(17, 'OP_MSG has no flags');
  const flags = bytes.readUInt32LE(headerLength);
  // The upper half is optional: a server may pass over what it does not know there, `exhaustAllowed` for one.
  if ((flags & 0xffff & ~(checksumPresent | moreToCome)) !== 0)
    throw new CommandError(223, `Message contains illegal flags value: ${flags}`);
  const end = checkedEnd(bytes, flags);
  let at = headerLength + 4;
  let found: Message | undefined;
  const sequences = new Map<string, RawDocument[]>();
  while (at < end) {
    const kind = bytes[at++];
    if (kind !== 0 && kind !== 1) throw new CommandError(40432, `Unknown section kind ${kind}`);
    const section = frame(bytes, at, end);
    at += section.length;
    if (kind === 0) {
      if (found) throw new CommandError(40430, 'Multiple body sections in message');
      found = readBody(section);
      continue;
    }
    if (sequences.size === mostSequences) throw new CommandError(233, 'Too many document sequences in OP_MSG');
    const [name, list] = readSequence(section);
    if (sequences.has(name)) throw new CommandError(40431, `Duplicate document sequence: ${name}`);
    sequences.set(name, list);
  }
  if (!found) throw new CommandError(40587, 'OP_MSG messages must have a body');
  return withSequences(found, sequences);
}

/** Where the sections end. Throws ChecksumMismatch. */
function checkedEnd(bytes: Buffer, flags: number): number {
  if ((flags & checksumPresent) === 0) return bytes.length;
  const end = bytes.length - 4;
  if (end < headerLength + 4 || crc32c(bytes.subarray(0, end)) !== bytes.readUInt32LE(end))
    throw new CommandError(288, 'OP_MSG checksum does not match contents');
  return end;
}

function withSequences({ body, documents: inBody }: Message, sequences: ReadonlyMap<string, RawDocument[]>): Message {
  let documents = inBody;
  for (const [name, list] of sequences) {
    if (Object.hasOwn(body, name) || (name === 'documents' && inBody !== undefined))
      throw new CommandError(40433, `Duplicate field between body and document sequence ${name}`);
    if (name === 'documents') documents = list;
    else body[name] = list.map((raw) => decode(raw.bytes));
  }
  const db = field(body, '$db');
  if (db === undefined) throw new CommandError(40571, 'OP_MSG requests require a $db argument');
  if (typeof db !== 'string') throw typeMismatch(`$db is of type '${typeName(db)}', expected type 'string'`);
  return { body, documents };
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
  const sent = readBody(frame(bytes, nameEnd + 9, header.length)).body;
  const wrapped = field(sent, '$query');
  const body = isDocument(wrapped) ? wrapped : sent;
  const command = Object.keys(body)[0]?.toLowerCase();
  if (command !== 'hello' && command !== 'ismaster') {
    throw new CommandError(352, `Unsupported OP_QUERY command: ${command}. The client driver may require an upgrade.`);
  }
  if (field(body, '$db') === undefined) body.$db = name.slice(0, -5);
  return { body, documents: undefined };
}

let lastRequestId = 0;

/** The bytes of an answer. */
export function writeReply(to: Envelope, reply: Reply): Buffer[] {
  const body = encode(reply);
  const head = Buffer.alloc(to.legacy ? headerLength + 20 : headerLength + 5);
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  const checked = to.checksum && !to.legacy;
  head.writeInt32LE(head.length + body.length + (checked ? 4 : 0), 0);
  head.writeInt32LE(lastRequestId, 4);
  head.writeInt32LE(to.requestId, 8);
  head.writeInt32LE(to.legacy ? opReply : opMsg, 12);
  if (to.legacy) {
    head.writeInt32LE(8, headerLength);
    head.writeInt32LE(1, headerLength + 16);
  }
  if (!checked) return [head, body];
  head.writeUInt32LE(checksumPresent, headerLength);
  const tail = Buffer.alloc(4);
  tail.writeUInt32LE(crc32c(head, body), 0);
  return [head, body, tail];
}
