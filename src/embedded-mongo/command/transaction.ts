import { Binary } from 'bson';
import type { Reply } from '../bson/encode.ts';
import { type Document, field, isDocument, typeName, type Value } from '../bson/value.ts';
import { CommandError, notOffered, typeMismatch } from '../errors.ts';
import { readSession, type SessionRecord, touchSession, writeSession } from '../storage/sessionRecord.ts';
import type { Commands, Context } from './command.ts';
import { committed, noSuchTransaction, tooOld } from './sessionErrors.ts';
import { readLsid, type SessionFields } from './sessionFields.ts';
import { sessionMinutes } from './sessions.ts';

type Ending = SessionFields & { readonly number: bigint };

function ending(context: Context): { session: Ending; record: SessionRecord | undefined } {
  const { sessionFields: session, sessions, engine, request } = context;
  const number = session?.number;
  if (!session || number === undefined) throw new CommandError(125, `${request.name} must be run within a transaction`);
  const record = readSession(engine.connection, session.lsid);
  const used = sessions.numberOf(session.id);
  const active = record && record.number > used ? record.number : used;
  if (active > number) throw tooOld(number, active);
  return { session: { ...session, number }, record: record?.number === number ? record : undefined };
}

function commit(context: Context): Reply {
  const { engine, sessions } = context;
  const { session, record } = ending(context);
  if (!sessions.openTransaction(session.id, session.number)) {
    // A commit that is asked for again after its answer was lost.
    if (record?.committed) return { ok: 1 };
    throw noSuchTransaction(session.number);
  }
  sessions.commit(session.id);
  engine.beforeWrite();
  writeSession(engine.connection, session.lsid, { number: session.number, committed: true, reply: undefined });
  return { ok: 1 };
}

function abort(context: Context): Reply {
  const { sessions } = context;
  const { session, record } = ending(context);
  if (record?.committed) throw committed(session.number);
  if (!sessions.openTransaction(session.id, session.number)) throw noSuchTransaction(session.number);
  sessions.abort(session.id);
  return { ok: 1 };
}

function listIn(context: Context): readonly Value[] {
  const { name } = context.request;
  const list = field(context.body, name);
  if (Array.isArray(list)) return list;
  throw typeMismatch(`BSON field '${name}.${name}' is the wrong type '${typeName(list)}', expected type 'array'`);
}

function lsidsIn(context: Context): Buffer[] {
  const { name } = context.request;
  return listIn(context).map((lsid) => readLsid(lsid, `${name}.${name}`));
}

function endSessions(context: Context): Reply {
  for (const lsid of lsidsIn(context)) context.sessions.end(lsid.toString('hex'));
  return { ok: 1 };
}

/** An empty list means all: nobody is told apart here. */
function killSessions(context: Context): Reply {
  const lsids = lsidsIn(context);
  if (lsids.length === 0) context.sessions.killAll();
  for (const lsid of lsids) context.sessions.kill(lsid.toString('hex'));
  return { ok: 1 };
}

/** There are no users, so that no session belongs to one that is named. */
function killAllSessions(context: Context): Reply {
  const users = listIn(context);
  for (const user of users) {
    if (!isDocument(user) || typeof user.user !== 'string' || typeof user.db !== 'string')
      throw typeMismatch('killAllSessions takes documents with the fields user and db');
  }
  if (users.length === 0) context.sessions.killAll();
  return { ok: 1 };
}

function killByPattern(context: Context): Reply {
  const patterns = listIn(context).map((pattern): Document => {
    if (!isDocument(pattern)) throw typeMismatch('killAllSessionsByPattern takes documents');
    for (const name of Object.keys(pattern)) if (name !== 'lsid') throw notOffered(`a pattern with '${name}'`);
    return pattern;
  });
  const lsids = patterns.map(({ lsid }) => (lsid === undefined ? undefined : readLsid(lsid, 'lsid').toString('hex')));
  if (patterns.length === 0 || lsids.includes(undefined)) context.sessions.killAll();
  for (const lsid of lsids) if (lsid !== undefined) context.sessions.kill(lsid);
  return { ok: 1 };
}

function refreshSessions(context: Context): Reply {
  const { engine, sessions } = context;
  for (const lsid of lsidsIn(context)) {
    sessions.touch(lsid.toString('hex'));
    if (!readSession(engine.connection, lsid)) continue;
    engine.beforeWrite();
    touchSession(engine.connection, lsid);
  }
  return { ok: 1 };
}

function startSession(): Reply {
  const id = new Binary(crypto.getRandomValues(new Uint8Array(16)), Binary.SUBTYPE_UUID);
  return { id: { id }, timeoutMinutes: sessionMinutes, ok: 1 };
}

const ends = { fields: ['recoveryToken'], inTransaction: true, adminOnly: true };

export const transactionCommands: Commands = {
  commitTransaction: { ...ends, run: commit },
  abortTransaction: { ...ends, run: abort },
  endSessions: { fields: [], run: endSessions },
  killSessions: { fields: [], run: killSessions },
  killAllSessions: { fields: [], run: killAllSessions },
  killAllSessionsByPattern: { fields: [], run: killByPattern },
  refreshSessions: { fields: [], run: refreshSessions },
  startSession: { fields: [], run: startSession },
};
