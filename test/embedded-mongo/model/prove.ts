import fc from 'fast-check';
import { sequences } from './generate.ts';
import type { Place } from './place.ts';
import { runSequence } from './run.ts';

export type Found = {
  /** Sequences that ran, without those of the shrinking. */
  readonly ran: number;
  /** The shortest sequence that shows a difference, as commands that can be run; null: there is none. */
  readonly difference: string | null;
};

/** Runs sequences of a seed against the engine; stops at the first difference and makes it as short as it can. */
export async function proveModel(place: Place, seed: number, runs: number): Promise<Found> {
  let failed = 0;
  const property = fc.asyncProperty(sequences, async (commands) => {
    try {
      await runSequence(place, commands);
    } catch (error) {
      failed++;
      throw error;
    }
  });
  const result = await fc.check(property, { seed, numRuns: runs });
  if (!result.failed) return { ran: result.numRuns, difference: null };
  const { errorInstance: error } = result;
  const text = error instanceof Error ? error.message : String(error);
  return { ran: result.numRuns, difference: `${text}\n(seed ${seed}, made shorter ${failed - 1} times)` };
}
