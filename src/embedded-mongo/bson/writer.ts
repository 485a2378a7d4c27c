/** Bytes that grow as BSON is written. */
export class Writer {
  bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  /** Makes room and tells where it begins. */
  room(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, start + length));
      this.bytes.copy(larger, 0, 0, start);
      this.bytes = larger;
    }
    this.at = start + length;
    return start;
  }

  byte(value: number): void {
    const start = this.room(1);
    this.bytes[start] = value;
  }

  int32(value: number): void {
    const start = this.room(4);
    this.bytes.writeInt32LE(value, start);
  }

  raw(value: Uint8Array): void {
    const start = this.room(value.length);
    this.bytes.set(value, start);
  }

  text(value: string): void {
    const start = this.room(value.length * 3);
    this.at = start + this.bytes.write(value, start, 'utf8');
  }

  cstring(value: string): void {
    if (value.includes('\0')) throw new RangeError('a field name must not contain a zero byte');
    this.text(value);
    this.byte(0);
  }

  string(value: string): void {
    const start = this.room(4);
    this.text(value);
    this.byte(0);
    this.bytes.writeInt32LE(this.at - start - 4, start);
  }
}
