import { Binary, Long } from 'bson';
import type { Reply } from '../bson/encode.ts';
import { toNumber } from '../bson/number.ts';
import { field, isDocument, isNumeric } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import { readSession, writeSession } from '../storage/sessionRecord.ts';
import type { Commands, Context } from './command.ts';
import { noSuchTransaction } from './sessions.ts';

function numberOf(context: Context): bigint {
  const number = field(context.body, 'txnNumber');
  if (number instanceof Long) return number.toBigInt();
  if (isNumeric(number)) return BigInt(toNumber(number));
  throw new CommandError(72, `${context.request.name} must be run within a transaction`);
}

function commit(context: Context): Reply {
  const { engine, sessions, session } = context;
  const number = numberOf(context);
  const lsid = Buffer.from(session, 'hex');
  if (!sessions.openTransaction(session, number)) {
    const record = readSession(engine.connection, lsid);
    // A commit that is asked for again after its answer was lost.
    if (record?.committed && record.number === number) return { ok: 1 };
    throw noSuchTransaction(number);
  }
  sessions.commit(session);
  engine.beforeWrite();
  writeSession(engine.connection, lsid, { number, committed: true, reply: undefined });
  return { ok: 1 };
}

function abort(context: Context): Reply {
  const { sessions, session } = context;
  const number = numberOf(context);
  if (!sessions.openTransaction(session, number)) throw noSuchTransaction(number);
  sessions.abort(session);
  return { ok: 1 };
}

function endSessions(name: string) {
  return (context: Context): Reply => {
    const list = context.body[name];
    for (const lsid of Array.isArray(list) ? list : []) {
      const id = isDocument(lsid) ? field(lsid, 'id') : undefined;
      if (id instanceof Binary) context.sessions.end(Buffer.from(id.buffer.subarray(0, id.position)).toString('hex'));
    }
    return { ok: 1 };
  };
}

export const transactionCommands: Commands = {
  commitTransaction: { fields: ['recoveryToken'], inTransaction: true, run: commit },
  abortTransaction: { fields: ['recoveryToken'], inTransaction: true, run: abort },
  endSessions: { fields: [], run: endSessions('endSessions') },
  killSessions: { fields: [], run: endSessions('killSessions') },
  refreshSessions: { fields: [], run: () => ({ ok: 1 }) },
  startSession: {
    fields: [],
    run: () => ({ id: { id: new Binary(crypto.getRandomValues(new Uint8Array(16)), 4) }, timeoutMinutes: 30, ok: 1 }),
  },
};
