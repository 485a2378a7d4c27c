import { CommandError, notOffered } from '../errors.ts';

/** The stages of MongoDB 7 that the engine offers. */
export const offeredStages: ReadonlySet<string> = new Set([
  ...['$addFields', '$bucket', '$count', '$facet', '$group', '$limit', '$lookup', '$match', '$project', '$replaceRoot'],
  ...['$replaceWith', '$sample', '$set', '$skip', '$sort', '$sortByCount', '$unionWith', '$unset', '$unwind'],
]);

/** Those that MongoDB 7 has and the engine has not. */
export const absentStages: ReadonlySet<string> = new Set([
  ...[
    '$bucketAuto',
    '$changeStream',
    '$changeStreamSplitLargeEvent',
    '$collStats',
    '$currentOp',
    '$densify',
    '$documents',
  ],
  ...['$fill', '$geoNear', '$graphLookup', '$indexStats', '$listLocalSessions', '$listSampledQueries'],
  ...['$listSearchIndexes', '$listSessions', '$merge', '$out', '$planCacheStats', '$redact', '$search', '$searchMeta'],
  ...['$setWindowFields', '$shardedDataDistribution', '$vectorSearch'],
]);

/** Stages that write or that must come first: not for a branch of `$facet`. */
const notInFacet = new Set([
  ...['$facet', '$out', '$merge', '$geoNear', '$collStats', '$indexStats', '$planCacheStats', '$search', '$searchMeta'],
  ...['$vectorSearch', '$changeStream', '$currentOp', '$documents', '$listSessions', '$listLocalSessions'],
]);

export function isStageName(name: string): boolean {
  return offeredStages.has(name) || absentStages.has(name);
}

/** Where a pipeline stands: the command's own, or one inside of another stage. */
export type Place = 'top' | 'facet' | 'lookup' | 'unionWith';

/** Refuses a stage that is not known, not offered, or not allowed at its place. */
export function checkStage(name: string, place: Place, isLast: boolean): void {
  if (!isStageName(name)) throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
  const writes = name === '$out' || name === '$merge';
  if (place === 'facet' && notInFacet.has(name))
    throw new CommandError(40600, `${name} is not allowed to be used within a $facet stage`);
  if (place === 'lookup' && writes)
    throw new CommandError(51047, `${name} is not allowed within a $lookup's sub-pipeline`);
  if (place === 'unionWith' && writes)
    throw new CommandError(31441, `${name} is not allowed within a $unionWith's sub-pipeline`);
  if (writes && !isLast) throw new CommandError(40601, `${name} can only be the final stage in the pipeline`);
  if (!offeredStages.has(name)) throw notOffered(`the stage ${name}`);
}
