/** Why a file could not be made. `closed`: the process was ending, nothing is wrong with the file. */
export const fileReasons = ['refused', 'tookTooLong', 'workerDied', 'pictureMissing', 'closed', 'unexpected'] as const;
export type FileReason = (typeof fileReasons)[number];

/** A file that could not be made; the message is the maker's own, for the log and for whoever mends it. */
export class FileError extends Error {
  readonly reason: FileReason;
  constructor(reason: FileReason, message: string) {
    super(message);
    this.name = 'FileError';
    this.reason = reason;
  }
}

export const fileReasonOf = (error: unknown): FileReason => (error instanceof FileError ? error.reason : 'unexpected');
