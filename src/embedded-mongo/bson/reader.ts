import { CommandError } from '../errors.ts';

/** Reads the parts of BSON one after the other. Throws InvalidBSON where one is cut off. */
export class Reader {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Steps over `length` bytes and tells where they began. */
  take(length: number): number {
    const start = this.at;
    if (length < 0 || start + length > this.bytes.length) throw invalid('a value is longer than its document');
    this.at = start + length;
    return start;
  }

  cstring(): string {
    const { bytes } = this;
    const start = this.at;
    let end = start;
    let ascii = true;
    while (end < bytes.length) {
      const byte = bytes[end] as number;
      if (byte === 0) break;
      if (byte > 127) ascii = false;
      end++;
    }
    if (end >= bytes.length) throw invalid('a name has no end');
    this.at = end + 1;
    if (ascii && end - start < 20) {
      let name = '';
      for (let i = start; i < end; i++) name += String.fromCharCode(bytes[i] as number);
      return name;
    }
    return bytes.toString('utf8', start, end);
  }

  string(): string {
    const length = this.bytes.readInt32LE(this.take(4));
    if (length < 1) throw invalid('a string has no length');
    const start = this.take(length);
    if (this.bytes[start + length - 1] !== 0) throw invalid('a string has no end');
    return this.bytes.toString('utf8', start, start + length - 1);
  }

  /** Checks the frame of a document at the present place and returns where it ends. */
  frame(): number {
    const start = this.at;
    const length = this.bytes.readInt32LE(this.take(4));
    if (length < 5 || start + length > this.bytes.length) throw invalid('a document has a wrong length');
    if (this.bytes[start + length - 1] !== 0) throw invalid('a document has no end');
    return start + length;
  }
}

export function invalid(problem: string): CommandError {
  return new CommandError(22, `Invalid BSON: ${problem}`);
}
