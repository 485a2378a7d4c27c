import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap grow by three quarters of what is alive between two collections, not by its double and more: a national
 * partner's server is small and shared. Releasing to 400 editions then takes a third less memory, and some more time.
 */
export function growGently(): void {
  setFlagsFromString('--heap-growing-percent=75');
}
