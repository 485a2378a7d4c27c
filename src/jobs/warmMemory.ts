import { setTimeout as rest } from 'node:timers/promises';
import { warmMemory } from '../commands/memory/warmMemory.ts';
import type { World } from '../commands/ports.ts';

/** `over` never fails; `stop` lets the language that is being read come to its end, and no other begin. */
export type Warming = { readonly over: Promise<void>; readonly stop: () => void };

/** After a start, when nothing more urgent is to do, the memory of each language is read. */
export function warmAfter(
  ready: Promise<unknown>,
  world: World,
  warn: (message: string, details: object) => void,
): Warming {
  const ending = new AbortController();
  const { signal } = ending;
  const pause = async (): Promise<boolean> => {
    await rest(1_000, null, { ref: false, signal }).catch(() => {});
    return !signal.aborted;
  };
  const failed = (err: unknown, language?: string) => warn('a memory is not read yet', { err, language });
  const over = ready
    .then(() => warmMemory(world, pause, (language, error) => failed(error, language)))
    .then(() => {}, failed);
  return { over, stop: () => ending.abort() };
}
