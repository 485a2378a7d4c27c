import os from 'node:os';
import type { Reply } from '../bson/encode.ts';
import { field, isDocument } from '../bson/value.ts';
import { CommandError } from '../errors.ts';
import type { Commands, Context } from './command.ts';
import { sessionMinutes } from './sessions.ts';

export const setName = 'embedded';
const versionArray = [7, 0, 0, 0];
export const version = '7.0.0';

/** A single-member replica set's primary: what drivers want for sessions, retryable writes and transactions. */
function hello(context: Context): Reply {
  const { host } = context.server;
  return {
    ...(context.body.helloOk === true ? { helloOk: true } : {}),
    ...(context.request.name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
    secondary: false,
    setName,
    setVersion: 1,
    hosts: [host],
    primary: host,
    me: host,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: sessionMinutes,
    connectionId: context.request.connection,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}

function buildInfo(): Reply {
  return {
    version,
    versionArray,
    gitVersion: 'embedded',
    modules: ['embedded'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
    storageEngines: ['sqlite'],
    ok: 1,
  };
}

/** What can be asked for by name: the settings of MongoDB that this engine has as well, though as constants. */
const parameters: Readonly<Record<string, Reply | number>> = {
  featureCompatibilityVersion: { version: '7.0' },
  cursorTimeoutMillis: 600_000,
  localLogicalSessionTimeoutMinutes: sessionMinutes,
  transactionLifetimeLimitSeconds: 60,
  ttlMonitorEnabled: 1,
  ttlMonitorSleepSecs: 60,
};

function getParameter(context: Context): Reply {
  const { body } = context;
  const wanted = field(body, 'getParameter');
  const all = wanted === '*' || (isDocument(wanted) && wanted.allParameters === true) || body.allParameters === true;
  const names = Object.keys(parameters).filter((name) => all || field(body, name) !== undefined);
  if (names.length === 0) throw new CommandError(72, 'no option found to get');
  return { ...Object.fromEntries(names.map((name) => [name, parameters[name] as Reply | number])), ok: 1 };
}

/** The machine, as far as Node knows it. Memory in MiB. */
function hostInfo(): Reply {
  const mebibyte = 1024 * 1024;
  return {
    system: {
      currentTime: new Date(),
      hostname: os.hostname(),
      cpuAddrSize: 64,
      memSizeMB: Math.floor(os.totalmem() / mebibyte),
      memLimitMB: Math.floor((process.constrainedMemory() || os.totalmem()) / mebibyte),
      numCores: os.cpus().length,
      cpuArch: os.arch(),
      numaEnabled: false,
    },
    os: { type: os.type(), name: os.platform(), version: os.release() },
    extra: {},
    ok: 1,
  };
}

function connectionStatus(context: Context): Reply {
  const privileges = context.body.showPrivileges === true ? { authenticatedUserPrivileges: [] } : {};
  return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], ...privileges }, ok: 1 };
}

const helloFields = [
  ...['helloOk', 'client', 'compression', 'saslSupportedMechs', 'speculativeAuthenticate', 'hostInfo'],
  ...['loadBalanced', 'forShell', 'topologyVersion', 'maxAwaitTimeMS', 'backpressure'],
];
const helloCommand = { fields: helloFields, run: hello };

export const handshakeCommands: Commands = {
  hello: helloCommand,
  ismaster: helloCommand,
  isMaster: helloCommand,
  ping: { fields: [], run: () => ({ ok: 1 }) },
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  connectionStatus: { fields: ['showPrivileges'], run: connectionStatus },
  getParameter: { fields: [], anyField: true, adminOnly: true, run: getParameter },
  hostInfo: { fields: [], run: hostInfo },
  logout: { fields: [], run: () => ({ ok: 1 }) },
  whatsmyuri: { fields: [], run: (context): Reply => ({ you: `client:${context.request.connection}`, ok: 1 }) },
};
