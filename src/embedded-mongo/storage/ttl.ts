import { encodeKey } from '../bson/key.ts';
import { typeOrder } from '../bson/value.ts';
import { rangeWithin } from '../query/bounds.ts';
import { type Pause, pause, type Work } from '../query/work.ts';
import { Blocked } from './committed.ts';
import type { Engine } from './engine.ts';

/** Removes the documents whose date in a TTL index is too long ago. Those held by a transaction wait for the next time. */
export function* sweepExpired(engine: Engine, now: number, work: Work): Generator<Pause, number> {
  let removed = 0;
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === undefined) continue;
      const latest = encodeKey(new Date(now - index.expireAfterSeconds * 1000));
      const low = { key: Buffer.of(typeOrder.date), after: false };
      const range = rangeWithin(Buffer.alloc(0), low, { key: latest, after: true }, index.directions[0] as number);
      const access = { kind: 'index', index, ranges: [range], reverse: false } as const;
      for (const row of engine.committed.scan(collection, access, 512)) {
        try {
          engine.committed.remove(collection, row);
          removed++;
        } catch (error) {
          if (!(error instanceof Blocked)) throw error;
        }
        if (!work.isDue()) continue;
        yield pause;
        if (engine.catalog.find(collection.db, collection.name) !== collection) break;
      }
    }
  }
  return removed;
}
