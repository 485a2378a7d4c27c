import type { Document } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { pause } from '../query/work.ts';
import { abandonIndex, type BuildingIndex, startIndex } from '../storage/building.ts';
import type { Collection, Index } from '../storage/catalog.ts';
import { type Context, type Step, waiting } from './command.ts';

const mostDoubtful = 1000;

/**
 * Builds indexes on a collection that has documents, in slices between which it is read and written as ever. All of
 * them come into use at once, when no open transaction has used the collection. Answers the error for which there is
 * none of them in the end: throwing it would also undo that what was built is taken away.
 */
export function* buildIndexes(
  context: Context,
  collection: Collection,
  specs: readonly Document[],
): Generator<Step, CommandError | undefined> {
  const { catalog, connection } = context.engine;
  const buildings: BuildingIndex[] = [];
  const finished: Index[] = [];
  try {
    context.engine.beforeWrite();
    for (const spec of specs) buildings.push(startIndex(connection, collection, spec));
    yield* fill(context, collection, buildings);
    while ([...context.engine.open].some((transaction) => transaction.uses(collection))) {
      yield waiting;
      checkThere(context, collection);
    }
    checkUnique(context, collection, buildings);
    context.engine.beforeWrite();
    for (const building of buildings) finished.push(catalog.finishIndex(collection, building));
    return undefined;
  } catch (error) {
    context.engine.beforeWrite();
    for (const building of buildings) abandonIndex(connection, collection, building);
    for (const index of finished) catalog.dropIndex(collection, index);
    if (error instanceof CommandError) return error;
    throw error;
  }
}

function* fill(context: Context, collection: Collection, buildings: readonly BuildingIndex[]): Generator<Step, void> {
  const { engine, work } = context;
  for (const row of engine.committed.scan(collection, { kind: 'collection', reverse: false }, 512)) {
    engine.beforeWrite();
    for (const building of buildings) engine.committed.addToIndex(building, row);
    if (!work.isDue()) continue;
    if (buildings.some(({ doubtful }) => doubtful.size > mostDoubtful)) checkUnique(context, collection, buildings);
    yield pause;
    checkThere(context, collection);
  }
}

function checkThere(context: Context, collection: Collection): void {
  if (context.engine.catalog.find(collection.db, collection.name) !== collection)
    throw new CommandError(276, `the index build was aborted: ${collection.namespace} was dropped`);
}

function checkUnique({ engine }: Context, collection: Collection, buildings: readonly BuildingIndex[]): void {
  for (const building of buildings) {
    const duplicate = engine.committed.duplicateIn(collection, building);
    if (duplicate) throw duplicate;
  }
}
