import { CommandError } from '../errors.ts';
import { mostDocumentBytes } from '../pipeline/limits.ts';

/** Refuses a document that an update made larger than 16 MiB, or that an upsert would begin with. */
export function checkSize(bytes: Buffer, inserting: boolean): void {
  if (bytes.length <= mostDocumentBytes) return;
  throw inserting
    ? new CommandError(17420, `Document to upsert is larger than ${mostDocumentBytes}`)
    : new CommandError(17419, `Resulting document after update is larger than ${mostDocumentBytes}`);
}
