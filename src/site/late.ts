import type { EditionTag } from '../domain/edition/edition.ts';
import type { Instant } from '../domain/time.ts';

/** An edition whose public pages could not be brought to what the store says; a null tag stands for all of them. */
export type Late = { readonly edition: EditionTag | null; readonly since: Instant; readonly problem: string };

/** How long after each failure it is tried again, in ms; then always after the last of them. */
export const tryAgainAfter = [1_000, 2_000, 5_000] as const;

export type LateDeps = {
  /** Tries once more; tells `done` or `failed` itself. */
  readonly again: (edition: EditionTag | null) => Promise<unknown>;
  readonly now: () => Instant;
  readonly warn: (message: string, details: object) => void;
  readonly waits?: readonly number[];
};

/**
 * What readers do not see yet although it is decided: the public folder could not be written, or the store not be read.
 * Tried again until it succeeds, so that a recall never waits for a restart or for the next full hour.
 */
export function createLate({ again, now, warn, waits = tryAgainAfter }: LateDeps) {
  const late = new Map<EditionTag | null, Late>();
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function plan(): void {
    if (closed || timer !== undefined || late.size === 0) return;
    const wait = waits[Math.min(failures, waits.length) - 1] ?? 1_000;
    timer = setTimeout(() => void round(), wait);
    timer.unref();
  }

  async function round(): Promise<void> {
    for (const edition of [...late.keys()]) if (!closed) await again(edition).catch(() => null);
    timer = undefined;
    plan();
  }

  return {
    failed(edition: EditionTag | null, problem: unknown): void {
      const text = problem instanceof Error ? problem.message : String(problem);
      const known = late.get(edition);
      if (known?.problem !== text) warn('readers do not see the newest yet', { edition, problem: text });
      late.set(edition, { edition, since: known?.since ?? now(), problem: text });
      failures++;
      plan();
    },
    done(edition: EditionTag | null): void {
      if (!late.delete(edition)) return;
      if (late.size === 0) failures = 0;
      warn('readers see the newest again', { edition });
    },
    all: (): readonly Late[] => [...late.values()],
    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}
