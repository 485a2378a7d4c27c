/** A document that could not be made: what the typesetter said, for the log. */
export class PdfError extends Error {
  readonly reason: 'refused' | 'tookTooLong' | 'workerDied' | 'closed';
  constructor(reason: PdfError['reason'], message: string) {
    super(message);
    this.name = 'PdfError';
    this.reason = reason;
  }
}
