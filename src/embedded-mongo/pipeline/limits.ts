import { Binary, BSONRegExp, Code, Decimal128, Int32 } from 'bson';
import { encode } from '../bson/encode.ts';
import { type Document, isDocument, RawDocument, type Value } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { type Pause, pause } from '../query/work.ts';

/** What one stage or one accumulator may keep in memory: the engine does not sort or group on disk. */
export const mostStageBytes = 100 * 1024 * 1024;
/** What a document of an answer may measure. */
export const mostDocumentBytes = 16 * 1024 * 1024;

/** About as many bytes as a value has in BSON. */
export function sizeOf(value: Value | undefined): number {
  if (value === undefined || value === null) return 1;
  if (typeof value === 'string') return 5 + value.length;
  if (typeof value === 'boolean') return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, element) => sum + 4 + sizeOf(element), 5);
  if (isDocument(value)) {
    let sum = 5;
    for (const name of Object.keys(value)) sum += name.length + 2 + sizeOf(value[name]);
    return sum;
  }
  if (value instanceof Int32) return 4;
  if (value instanceof Binary) return value.position + 5;
  if (value instanceof BSONRegExp) return value.pattern.length + value.options.length + 2;
  if (value instanceof Code) return value.code.length + 5;
  return value instanceof Decimal128 ? 16 : 12;
}

/** Counts what a stage keeps; over the limit it is refused, as a MongoDB refuses it that may not use the disk. */
export class Memory {
  #bytes = 0;
  readonly #refusal: () => CommandError;

  private constructor(refusal: () => CommandError) {
    this.#refusal = refusal;
  }

  static ofSort(): Memory {
    return new Memory(
      () =>
        new CommandError(
          292,
          `Sort exceeded memory limit of ${mostStageBytes} bytes, but did not opt in to external sorting.`,
        ),
    );
  }

  static ofStage(name: string): Memory {
    return new Memory(
      () =>
        new CommandError(
          292,
          `Exceeded memory limit for ${name}, and the embedded engine does not use the disk for it.`,
        ),
    );
  }

  /** For what MongoDB does not put on disk either. */
  static ofAccumulator(name: string): Memory {
    return new Memory(
      () =>
        new CommandError(
          146,
          `${name} used too much memory and cannot spill to disk. Memory limit: ${mostStageBytes} bytes`,
        ),
    );
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > mostStageBytes) throw this.#refusal();
  }
}

/** The documents of an answer, in their bytes: one over 16 MiB is refused. */
export function* answered(documents: Iterable<Document | Pause>): Generator<RawDocument | Pause> {
  for (const document of documents) {
    if (document === pause) {
      yield pause;
      continue;
    }
    const bytes = encode(document);
    if (bytes.length > mostDocumentBytes)
      throw new CommandError(
        10334,
        `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16777216(16MB)`,
      );
    yield new RawDocument(bytes);
  }
}
