const mebibyte = 1024 * 1024;

/** What the engine may keep in memory, all from one setting. */
export interface MemoryLimits {
  /** The pages that the connection which writes keeps, in KiB. */
  readonly cacheKibibytes: number;
  /** The same for each snapshot that an open transaction reads. */
  readonly snapshotKibibytes: number;
  /** What one sort, or one group, may hold. MongoDB's own limit is 100 MiB; it then goes to the disk, this engine refuses. */
  readonly sortBytes: number;
  /** The uncommitted changes of all transactions that are open at the same time. */
  readonly transactionBytes: number;
  /** The JavaScript heap of the worker: over it the worker ends and is started again, the process goes on. */
  readonly heapMegabytes: number;
}

export const usualMegabytes = 256;
const leastMegabytes = 16;

/** Divides `megabytes` between what needs memory. Throws a RangeError where it is not a whole number from 16 on. */
export function memoryLimits(megabytes: number = usualMegabytes): MemoryLimits {
  if (!Number.isSafeInteger(megabytes) || megabytes < leastMegabytes) {
    throw new RangeError(`the memory of the embedded engine is a whole number of megabytes from ${leastMegabytes} on`);
  }
  return {
    cacheKibibytes: megabytes * 64,
    snapshotKibibytes: Math.max(512, megabytes * 16),
    sortBytes: Math.floor(megabytes * 0.4) * mebibyte,
    transactionBytes: Math.floor(megabytes / 2) * mebibyte,
    heapMegabytes: Math.max(512, megabytes * 4),
  };
}
