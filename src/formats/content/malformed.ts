import { DomainError } from '../../domain/errors.ts';

/** Refuses a content file, with the line where it went wrong and what was expected. */
export function malformed(file: string, line: number, problem: string): DomainError {
  return new DomainError('contentMalformed', { file, line, problem });
}
