import { Timestamp } from 'bson';
import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { type Document, field, isNumeric, typeName } from '../bson/value.ts';
import { CommandError, notOffered, typeMismatch } from '../errors.ts';
import { checkFields, flag, optionalDocument, optionalText } from './argument.ts';
import type { Command, Request } from './command.ts';
import type { SessionFields } from './sessionFields.ts';
import { checkStatements } from './statements.ts';

/** Fields that all commands have. */
const common: ReadonlySet<string> = new Set([
  ...['lsid', 'txnNumber', 'startTransaction', 'autocommit', '$db', '$readPreference', '$clusterTime', 'readConcern'],
  ...['writeConcern', 'maxTimeMS', 'comment', 'apiVersion', 'apiStrict', 'apiDeprecationErrors', 'stmtId', 'stmtIds'],
]);

const readers: ReadonlySet<string> = new Set(['find', 'aggregate', 'count', 'distinct']);
const writers: ReadonlySet<string> = new Set([
  ...['insert', 'update', 'delete', 'findAndModify', 'findandmodify', 'aggregate', 'create', 'drop', 'dropDatabase'],
  ...['createIndexes', 'dropIndexes', 'deleteIndexes', 'collMod', 'commitTransaction', 'abortTransaction'],
]);
const levels: ReadonlySet<string> = new Set(['local', 'majority', 'available', 'linearizable', 'snapshot']);
const transactionLevels: ReadonlySet<string> = new Set(['local', 'majority', 'snapshot']);

/** The commands of MongoDB's Stable API, version 1. */
export const stableCommands: ReadonlySet<string> = new Set([
  ...['abortTransaction', 'aggregate', 'collMod', 'commitTransaction', 'count', 'create', 'createIndexes', 'delete'],
  ...['drop', 'dropDatabase', 'dropIndexes', 'endSessions', 'explain', 'find', 'findAndModify', 'getMore', 'hello'],
  ...['insert', 'killCursors', 'listCollections', 'listDatabases', 'listIndexes', 'ping', 'refreshSessions', 'update'],
]);

export function endsTransaction(name: string): boolean {
  return name === 'commitTransaction' || name === 'abortTransaction';
}

/** Checks all that is not the command's own affair. Throws MongoDB's errors for it. */
export function checkEnvelope(request: Request, command: Command, session: SessionFields | undefined): void {
  const { body, name } = request;
  if (command.adminOnly && request.db !== 'admin')
    throw new CommandError(13, `${name} may only be run against the admin database.`);
  if (!command.anyField) {
    for (const key of Object.keys(body)) {
      if (key === name || common.has(key) || command.fields.includes(key)) continue;
      throw new CommandError(40415, `BSON field '${name}.${key}' is an unknown field.`);
    }
  }
  checkApi(body, name);
  checkReadConcern(body, name, session);
  checkWriteConcern(body, name, session);
  maxTime(body);
  checkStatements(name, body);
}

function checkApi(body: Document, name: string): void {
  const version = optionalText(body, 'apiVersion');
  const strict = flag(body, 'apiStrict');
  if (version === undefined) {
    if (body.apiStrict === undefined && body.apiDeprecationErrors === undefined) return;
    throw new CommandError(322, 'Provided apiStrict or apiDeprecationErrors without passing apiVersion');
  }
  if (version !== '1') throw new CommandError(322, 'API version must be "1"');
  flag(body, 'apiDeprecationErrors');
  if (strict && !stableCommands.has(name))
    throw new CommandError(323, `Provided apiStrict:true, but the command ${name} is not in API Version 1`);
}

function checkReadConcern(body: Document, name: string, session: SessionFields | undefined): void {
  const concern = optionalDocument(body, 'readConcern');
  if (!concern) return;
  checkFields(concern, 'readConcern', ['level', 'afterClusterTime', 'atClusterTime', 'provenance']);
  if (session?.inTransaction && !session.starting)
    throw new CommandError(72, 'Only the first command in a transaction may specify a readConcern');
  const level = optionalText(concern, 'level');
  if (level !== undefined && !levels.has(level))
    throw new CommandError(9, `${level} is not a valid read concern level`);
  const after = timestamp(concern, 'afterClusterTime');
  const at = timestamp(concern, 'atClusterTime');
  if (at && level !== 'snapshot')
    throw new CommandError(72, "readConcern.atClusterTime may only be used with level 'snapshot'");
  // One member has everything that it has ever confirmed: only a time that is yet to come cannot be honoured.
  if (after && after.getHighBits() >>> 0 > Date.now() / 1000 + 1)
    throw new CommandError(72, 'readConcern afterClusterTime value must not be greater than the current clusterTime');
  if (session?.inTransaction) {
    if (level !== undefined && !transactionLevels.has(level))
      throw new CommandError(72, "The readConcern level must be 'local', 'majority' or 'snapshot' in a transaction");
    if (at) throw notOffered('readConcern.atClusterTime');
    return;
  }
  if (level === 'snapshot') throw notOffered('a snapshot read outside of a transaction');
  if (level !== undefined && level !== 'local' && !readers.has(name))
    throw new CommandError(72, `Command ${name} does not support { readConcern: { level: "${level}" } }`);
}

function timestamp(concern: Document, name: string): Timestamp | undefined {
  const value = field(concern, name);
  if (value === undefined) return undefined;
  if (!(value instanceof Timestamp))
    throw typeMismatch(`BSON field 'readConcern.${name}' is the wrong type '${typeName(value)}', expected 'timestamp'`);
  if (value.isZero()) throw new CommandError(72, `readConcern ${name} cannot be a null timestamp`);
  return value;
}

function checkWriteConcern(body: Document, name: string, session: SessionFields | undefined): void {
  const concern = optionalDocument(body, 'writeConcern');
  if (!concern) return;
  if (!writers.has(name)) throw new CommandError(72, 'Command does not support writeConcern');
  if (session?.inTransaction && !endsTransaction(name))
    throw new CommandError(72, `${name} is not allowed to have a writeConcern within a multi-statement transaction`);
  const w = field(concern, 'w');
  if (!isNumeric(w)) return;
  const members = toNumber(w);
  if (members < 0 || members > 50)
    throw new CommandError(9, 'w has to be a non-negative number and not greater than 50');
}

/** `maxTimeMS`, in milliseconds; undefined where there is no limit. */
export function maxTime(body: Document): number | undefined {
  const value = field(body, 'maxTimeMS');
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw new CommandError(2, 'maxTimeMS must be a number');
  const limit = toNumber(value);
  if (!Number.isInteger(limit)) throw new CommandError(2, 'maxTimeMS has non-integral value');
  if (limit < 0 || limit > 0x7fffffff) throw new CommandError(2, `${limit} value for maxTimeMS is out of range`);
  return limit === 0 ? undefined : limit;
}

/** There is one member: more than one cannot confirm. */
export function withWriteConcern(request: Request, reply: Reply): Reply {
  const concern = optionalDocument(request.body, 'writeConcern');
  const wanted = concern ? field(concern, 'w') : undefined;
  if (wanted === undefined || wanted === 'majority' || (isNumeric(wanted) && toNumber(wanted) <= 1)) return reply;
  const writeConcernError = isNumeric(wanted)
    ? { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' }
    : {
        code: 79,
        codeName: 'UnknownReplWriteConcern',
        errmsg: `No write concern mode named '${String(wanted)}' found`,
      };
  return { ...reply, writeConcernError };
}
