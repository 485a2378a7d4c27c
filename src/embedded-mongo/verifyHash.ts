import { hash } from 'node:crypto';

const size = 2n ** 256n;

/**
 * A hash of a set of byte strings that does not depend on their order: the sum of their SHA-256, modulo 2^256. Two
 * engines list the same documents in different orders. It finds accidents, not forgeries.
 */
export function createMultisetHash() {
  let sum = 0n;
  return {
    add(bytes: Uint8Array): void {
      sum += BigInt(`0x${hash('sha256', bytes, 'hex')}`);
      if (sum >= size) sum -= size;
    },
    digest: (): string => sum.toString(16).padStart(64, '0'),
  };
}
