/** The names that MongoDB 7 has, by its documentation, whether or not this engine offers them. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export type Kind =
  | 'field operators'
  | 'query operators'
  | 'update operators'
  | 'stages'
  | 'accumulators'
  | 'expressions';

export const operatorNames: Readonly<Record<Kind, readonly string[]>> = {
  'field operators': words(`
    $eq $ne $gt $gte $lt $lte $in $nin $not $exists $type $regex $mod $size $all $elemMatch $bitsAllSet $bitsAllClear
    $bitsAnySet $bitsAnyClear $geoIntersects $geoWithin $near $nearSphere`),
  'query operators': words(
    '$and $or $nor $expr $comment $jsonSchema $text $where $sampleRate $alwaysTrue $alwaysFalse',
  ),
  'update operators': words(`
    $set $setOnInsert $unset $inc $mul $min $max $rename $currentDate $push $addToSet $pop $pull $pullAll $bit`),
  stages: words(`
    $addFields $bucket $bucketAuto $changeStream $changeStreamSplitLargeEvent $collStats $count $currentOp $densify
    $documents $facet $fill $geoNear $graphLookup $group $indexStats $limit $listLocalSessions $listSampledQueries
    $listSearchIndexes $listSessions $lookup $match $merge $out $planCacheStats $project $redact $replaceRoot $replaceWith
    $sample $search $searchMeta $set $setWindowFields $shardedDataDistribution $skip $sort $sortByCount $unionWith $unset
    $unwind $vectorSearch`),
  accumulators: words(`
    $accumulator $addToSet $avg $bottom $bottomN $count $first $firstN $last $lastN $max $maxN $median $mergeObjects $min
    $minN $percentile $push $stdDevPop $stdDevSamp $sum $top $topN`),
  expressions: words(`
    $abs $acos $acosh $add $allElementsTrue $and $anyElementTrue $arrayElemAt $arrayToObject $asin $asinh $atan $atan2
    $atanh $avg $binarySize $bitAnd $bitNot $bitOr $bitXor $bsonSize $ceil $cmp $concat $concatArrays $cond $convert $cos
    $cosh $dateAdd $dateDiff $dateFromParts $dateFromString $dateSubtract $dateToParts $dateToString $dateTrunc
    $dayOfMonth $dayOfWeek $dayOfYear $degreesToRadians $divide $eq $exp $filter $first $firstN $floor $function $getField
    $gt $gte $hour $ifNull $in $indexOfArray $indexOfBytes $indexOfCP $isArray $isNumber $isoDayOfWeek $isoWeek
    $isoWeekYear $last $lastN $let $literal $ln $log $log10 $lt $lte $ltrim $map $max $maxN $median $mergeObjects $meta
    $millisecond $min $minN $minute $mod $month $multiply $ne $not $objectToArray $or $percentile $pow $radiansToDegrees
    $rand $range $reduce $regexFind $regexFindAll $regexMatch $replaceAll $replaceOne $reverseArray $round $rtrim
    $sampleRate $second $setDifference $setEquals $setField $setIntersection $setIsSubset $setUnion $sin $sinh $size
    $slice $sortArray $split $sqrt $stdDevPop $stdDevSamp $strLenBytes $strLenCP $strcasecmp $substr $substrBytes
    $substrCP $subtract $sum $switch $tan $tanh $toBool $toDate $toDecimal $toDouble $toHashedIndexKey $toInt $toLong
    $toLower $toObjectId $toString $toUpper $trim $trunc $tsIncrement $tsSecond $type $unsetField $week $year $zip`),
};

/** The commands of a member of a replica set that an application or its driver may send. */
export const commandNames: readonly string[] = words(`
  abortTransaction aggregate buildInfo bulkWrite collMod collStats commitTransaction compact connectionStatus
  convertToCapped count create createIndexes createUser currentOp dataSize dbHash dbStats delete distinct drop dropDatabase
  dropIndexes endSessions explain filemd5 find findAndModify fsync getCmdLineOpts getLog getMore getParameter hello hostInfo
  insert isMaster killAllSessions killCursors killOp killSessions listCollections listCommands listDatabases listIndexes
  mapReduce ping profile reIndex refreshSessions renameCollection replSetGetConfig replSetGetStatus saslStart serverStatus
  setParameter startSession top update usersInfo validate whatsmyuri`);

/** Each option with a value that is not the usual one. */
export const indexOptions: Readonly<Record<string, unknown>> = {
  ...{ unique: true, sparse: true, hidden: true, background: true, expireAfterSeconds: 60 },
  ...{ partialFilterExpression: { a: { $gt: 0 } }, collation: { locale: 'fr' }, storageEngine: { wiredTiger: {} } },
  ...{ wildcardProjection: { b: 1 }, weights: { a: 2 }, default_language: 'french', bits: 20, prepareUnique: true },
};
export const indexKinds: readonly unknown[] = [1, -1, 'text', 'hashed', '2d', '2dsphere'];

export const collectionOptions: Readonly<Record<string, unknown>> = {
  ...{ capped: true, viewOn: 'other', validator: { a: 1 }, collation: { locale: 'fr' }, expireAfterSeconds: 60 },
  ...{ timeseries: { timeField: 'at' }, clusteredIndex: { key: { _id: 1 }, unique: true } },
  ...{ changeStreamPreAndPostImages: { enabled: true }, storageEngine: { wiredTiger: {} }, encryptedFields: {} },
};

export const collationOptions: Readonly<Record<string, readonly unknown[]>> = {
  strength: [1, 2, 3, 4, 5],
  caseLevel: [true],
  caseFirst: ['upper', 'lower'],
  numericOrdering: [true],
  alternate: ['shifted'],
  maxVariable: ['space'],
  backwards: [true],
  normalization: [true],
};
