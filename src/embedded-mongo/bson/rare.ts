/** BSON values that JavaScript and the `bson` package have no class for. They are kept as they came. */

/** A date beyond the years that a JavaScript `Date` reaches, in milliseconds since 1970. */
export class FarDate {
  readonly milliseconds: bigint;
  constructor(milliseconds: bigint) {
    this.milliseconds = milliseconds;
  }
  toString(): string {
    return `Date(${this.milliseconds})`;
  }
}

/** The old type `undefined`: queries find it as null. */
export class Undefined {
  toString(): string {
    return 'undefined';
  }
}

/** The old reference to a document: a collection and twelve bytes. */
export class DBPointer {
  readonly namespace: string;
  readonly id: Uint8Array;
  constructor(namespace: string, id: Uint8Array) {
    this.namespace = namespace;
    this.id = id;
  }
  toString(): string {
    return `DBPointer(${this.namespace})`;
  }
}

const mostMilliseconds = 8_640_000_000_000_000n;

export function dateOf(milliseconds: bigint): Date | FarDate {
  const near = milliseconds >= -mostMilliseconds && milliseconds <= mostMilliseconds;
  return near ? new Date(Number(milliseconds)) : new FarDate(milliseconds);
}

export function millisecondsOf(date: Date | FarDate): bigint {
  return date instanceof FarDate ? date.milliseconds : BigInt(date.getTime());
}
