import { DomainError } from '../../domain/errors.ts';

/** The limits of what a form may bring. */
export const limits = {
  formBytes: 256 * 1024,
  formFields: 2000,
  fileBytes: 5 * 1024 * 1024,
} as const;

export const kib = (bytes: number) => `${bytes / 1024} KiB`;
const tooLarge = () => new DomainError('formTooLarge', { limit: kib(limits.formBytes) });

/** Errors of the body parser and of multer, by the names they carry. */
const known: Readonly<Record<string, () => DomainError>> = {
  'entity.too.large': tooLarge,
  'parameters.too.many': tooLarge,
  LIMIT_FIELD_COUNT: tooLarge,
  LIMIT_PART_COUNT: tooLarge,
  LIMIT_FIELD_VALUE: tooLarge,
  LIMIT_FILE_SIZE: () => new DomainError('fileTooLarge', { limit: kib(limits.fileBytes) }),
};

/** The names under which the driver says that the database cannot be reached. */
const storeAway = /^Mongo(ose)?(Network|ServerSelection|NotConnected|TopologyClosed|ExpiredSession)/;

/** Names whatever went wrong in the product's own words. What nobody foresaw becomes `unexpected`. */
export function refusalOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof URIError) return new DomainError('pageUnknown');
  if (typeof error !== 'object' || error === null) return new DomainError('unexpected');
  if (error instanceof Error && storeAway.test(error.name)) return new DomainError('unavailable');
  const named = 'type' in error ? error.type : 'code' in error ? error.code : undefined;
  const make = typeof named === 'string' ? known[named] : undefined;
  if (make !== undefined) return make();
  const status = 'status' in error ? error.status : undefined;
  const fromForm = error instanceof Error && error.name === 'MulterError';
  if (fromForm || (typeof status === 'number' && status >= 400 && status < 500)) {
    return new DomainError('formMalformed', { field: 'field' in error ? String(error.field ?? '') : '' });
  }
  return new DomainError('unexpected');
}
