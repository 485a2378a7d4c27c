import { CommandError } from '../errors.ts';

/** A commit that did not succeed: what every write of the batch is answered with. */
export class CommitFailure extends CommandError {
  /** False where it cannot be told whether the file will have the writes after a crash. */
  readonly isCertain: boolean;

  constructor(reason: CommandError, isCertain: boolean) {
    const told = isCertain ? 'nothing was written' : 'it is not certain whether this was written';
    super(reason.code, `${told}: ${reason.message}`, { labels: reason.labels, extra: reason.extra });
    this.isCertain = isCertain;
  }
}

/** The codes that {@link storageError} gives to a disk, or a memory, that does not do what it should. */
const failing = new Set([14031, 39, 146, 301]);

/** Whether a command failed because of the storage, not because of what it asked for. */
export const isStorageCode = (code: number): boolean => failing.has(code);

/** What a failure of SQLite is to a client. */
export function storageError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  const message = error instanceof Error ? error.message : String(error);
  switch (primaryCode(error)) {
    case 13:
      return new CommandError(14031, `the disk is full: ${message}`);
    // An error of the device, or a file that cannot be opened.
    case 10:
    case 14:
      return new CommandError(39, `the disk could not be read or written: ${message}`);
    case 7:
      return new CommandError(146, `there is not enough memory: ${message}`);
    case 11:
    case 26:
      return new CommandError(301, `the database file is damaged: ${message}`);
    default:
      return new CommandError(1, `the storage failed: ${message}`);
  }
}

/** Whether SQLite failed at the disk itself: what it had sent there before may be there after a crash. */
export const isDiskError = (error: unknown): boolean => primaryCode(error) === 10;

/** SQLite's result code without its extension; undefined for errors that are not SQLite's. */
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return error.errcode & 0xff;
}
