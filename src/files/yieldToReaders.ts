import { constants, setPriority } from 'node:os';

/** Files may take longer where the processors are busy; pages may not. Takes the number of a process that makes files. */
export function yieldToReaders(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or this system has no priorities: then it goes as fast as the rest.
  }
}
