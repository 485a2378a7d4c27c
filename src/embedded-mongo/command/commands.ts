import { administrationCommands } from './administration.ts';
import { aggregateCommands } from './aggregate.ts';
import { collectionCommands } from './collection.ts';
import type { Commands } from './command.ts';
import { deleteCommands } from './delete.ts';
import { explainCommands } from './explain.ts';
import { findCommands } from './find.ts';
import { findAndModifyCommands } from './findAndModify.ts';
import { handshakeCommands } from './handshake.ts';
import { indexCommands } from './indexes.ts';
import { insertCommands } from './insert.ts';
import { transactionCommands } from './transaction.ts';
import { updateCommands } from './update.ts';

export const commands: Commands = {
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
