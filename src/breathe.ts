import { performance } from 'node:perf_hooks';
import { setTimeout as rest } from 'node:timers/promises';

/** How long the event loop is watched at a time, in ms: a few dozen pages. */
const look = 2;
/** Busier than this, somebody still waits for what came meanwhile. */
const busy = 0.75;
/** Readers who never stop asking do not stop the work. */
const mostMs = 250;

/**
 * Long work of the server's own calls this between two pieces of it: everybody who waits is served first. One turn of the
 * event loop would be one answer for each connection, and at half of the highest load the rest would wait behind the
 * next piece, and so on; so it goes on only when the loop has time to spare, or after a quarter of a second.
 */
export async function breathe(): Promise<void> {
  const end = performance.now() + mostMs;
  let before = performance.eventLoopUtilization();
  do {
    await rest(look);
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    if (utilization < busy) return;
    before = now;
  } while (performance.now() < end);
}
