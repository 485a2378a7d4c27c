/**
 * Commands that a member of a replica set of MongoDB 7 has and this engine has not: they are refused as such, and not as
 * something that nobody has heard of.
 */
export const refusedCommands: ReadonlySet<string> = new Set([
  // Collections, data, and what is known of them.
  ...['applyOps', 'bulkWrite', 'cloneCollectionAsCapped', 'compact', 'convertToCapped', 'dataSize', 'dbHash', 'dbhash'],
  ...['exportCollection', 'filemd5', 'importCollection', 'mapReduce', 'mapreduce', 'reIndex', 'renameCollection'],
  ...['dbCheck', 'validate', 'validateDBMetadata', 'createSearchIndexes', 'dropSearchIndex', 'listSearchIndexes'],
  ...[
    'updateSearchIndex',
    'setIndexCommitQuorum',
    'compactStructuredEncryptionData',
    'cleanupStructuredEncryptionData',
  ],
  // Plans and profiles.
  ...['planCacheClear', 'planCacheClearFilters', 'planCacheListFilters', 'planCacheSetFilter', 'profile', 'top'],
  // Administration and diagnostics.
  ...['connPoolStats', 'connPoolSync', 'currentOp', 'dropConnections', 'fsync', 'fsyncUnlock', 'getAuditConfig'],
  ...['getClusterParameter', 'getDefaultRWConcern', 'getDiagnosticData', 'getLog', 'killOp', 'lockInfo'],
  ...['logApplicationMessage', 'logRotate', 'rotateCertificates', 'setAuditConfig', 'setClusterParameter'],
  ...['setDefaultRWConcern', 'setFeatureCompatibilityVersion', 'setParameter', 'setUserWriteBlockMode', 'shutdown'],
  ...['startRecordingTraffic', 'stopRecordingTraffic', 'features', 'driverOIDTest', 'getCmdLineOpts'],
  // Users and roles.
  ...['authenticate', 'createRole', 'createUser', 'dropAllRolesFromDatabase', 'dropAllUsersFromDatabase', 'dropRole'],
  ...['dropUser', 'grantPrivilegesToRole', 'grantRolesToRole', 'grantRolesToUser', 'invalidateUserCache'],
  ...['revokePrivilegesFromRole', 'revokeRolesFromRole', 'revokeRolesFromUser', 'rolesInfo', 'saslContinue'],
  ...['saslStart', 'updateRole', 'updateUser', 'usersInfo'],
  // The replica set, of which this is the only member.
  ...['appendOplogNote', 'replSetAbortPrimaryCatchUp', 'replSetFreeze', 'replSetGetConfig', 'replSetGetStatus'],
  ...['replSetInitiate', 'replSetMaintenance', 'replSetReconfig', 'replSetResizeOplog', 'replSetStepDown'],
  ...['replSetStepUp', 'replSetSyncFrom', 'shardingState', 'getShardMap', 'getShardVersion', 'flushRouterConfig'],
]);
