import { constants, setPriority } from 'node:os';

/**
 * From now on this thread, and every thread and process that it begins, lets the others go first where processors are
 * short. Said after the gate is open: a page is then sent at once, whatever the desk and the database are at. Only Linux
 * has priorities of threads; elsewhere nothing is done, for it would hold back the gate too.
 */
export function standBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that does not allow it has all threads alike.
  }
}
