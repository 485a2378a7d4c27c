import { FileError } from '../../formats/files/fileError.ts';

/** A document that could not be made: what the typesetter said, for the log. */
export class PdfError extends FileError {
  declare readonly reason: 'refused' | 'tookTooLong' | 'workerDied' | 'closed';
  constructor(reason: PdfError['reason'], message: string) {
    super(reason, message);
    this.name = 'PdfError';
  }
}
