import type { Reply } from '../bson/encode.ts';
import type { Commands, Context } from './command.ts';

export const setName = 'embedded';
const versionArray = [7, 0, 0, 0];
const version = '7.0.0';

/** A single-member replica set's primary: what drivers want for sessions, retryable writes and transactions. */
function hello(context: Context): Reply {
  const { host } = context.server;
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
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
    logicalSessionTimeoutMinutes: 30,
    connectionId: context.request.connection,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}

const helloFields = [
  'helloOk',
  'client',
  'compression',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'hostInfo',
  'loadBalanced',
  'forShell',
  'topologyVersion',
  'maxAwaitTimeMS',
  'backpressure',
  '$query',
];
const helloCommand = { fields: helloFields, run: hello };

export const handshakeCommands: Commands = {
  hello: helloCommand,
  ismaster: helloCommand,
  isMaster: helloCommand,
  ping: { fields: [], run: () => ({ ok: 1 }) },
  buildInfo: { fields: [], run: buildInfo },
  buildinfo: { fields: [], run: buildInfo },
  getParameter: {
    fields: ['featureCompatibilityVersion', 'allParameters'],
    run: () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 }),
  },
  connectionStatus: {
    fields: ['showPrivileges'],
    run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  },
};

function buildInfo(): Reply {
  return {
    version,
    versionArray,
    gitVersion: 'embedded',
    modules: ['embedded'],
    bits: 64,
    maxBsonObjectSize: 16 * 1024 * 1024,
    ok: 1,
  };
}
