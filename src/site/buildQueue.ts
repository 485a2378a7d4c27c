/** Runs work a few at a time, the most urgent first; among equals, first come, first served. */
export type BuildQueue = {
  /** The lower the rank, the sooner. Resolves as the work does; rejects with `refusal` after `close`. */
  readonly add: <T>(rank: number, work: () => Promise<T>) => Promise<T>;
  /** Drops what waits and resolves when nothing runs any more. */
  readonly close: () => Promise<void>;
};

type Waiting = { readonly rank: number; readonly run: () => Promise<void>; readonly drop: () => void };

export function createBuildQueue(atOnce: number, refusal: () => Error): BuildQueue {
  const waiting: Waiting[] = [];
  const running = new Set<Promise<void>>();
  let closed = false;

  function serve(): void {
    while (running.size < atOnce) {
      const next = waiting.shift();
      if (!next) return;
      const promise = next.run().finally(() => {
        running.delete(promise);
        serve();
      });
      running.add(promise);
    }
  }

  return {
    add: (rank, work) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(refusal());
        const one: Waiting = {
          rank,
          run: () => work().then(resolve, reject),
          drop: () => reject(refusal()),
        };
        // Behind everything of its rank.
        const place = waiting.findLastIndex((each) => each.rank <= rank) + 1;
        waiting.splice(place, 0, one);
        serve();
      }),
    close: async () => {
      closed = true;
      for (const { drop } of waiting.splice(0)) drop();
      await Promise.allSettled([...running]);
    },
  };
}
