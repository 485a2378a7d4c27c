import type { Reply } from '../bson/encode.ts';
import { administrationCommands } from './administration.ts';
import { aggregateCommands } from './aggregate.ts';
import { collectionCommands } from './collection.ts';
import type { Commands } from './command.ts';
import { deleteCommands } from './delete.ts';
import { stableCommands } from './envelope.ts';
import { explainCommands } from './explain.ts';
import { findCommands } from './find.ts';
import { findAndModifyCommands } from './findAndModify.ts';
import { handshakeCommands } from './handshake.ts';
import { indexCommands } from './indexes.ts';
import { insertCommands } from './insert.ts';
import { transactionCommands } from './transaction.ts';
import { updateCommands } from './update.ts';

/** All commands under MongoDB's names, with who may run them. */
function listCommands(): Reply {
  const described = Object.entries(commands).map(([name, { adminOnly }]): [string, Reply] => [
    name,
    {
      help: '',
      requiresAuth: false,
      adminOnly: adminOnly === true,
      apiVersions: stableCommands.has(name) ? ['1'] : [],
    },
  ]);
  return { commands: Object.fromEntries(described), ok: 1 };
}

export const commands: Commands = {
  listCommands: { fields: [], run: listCommands },
  ...administrationCommands,
  ...aggregateCommands,
  ...collectionCommands,
  ...deleteCommands,
  ...explainCommands,
  ...findCommands,
  ...findAndModifyCommands,
  ...handshakeCommands,
  ...indexCommands,
  ...insertCommands,
  ...transactionCommands,
  ...updateCommands,
};
