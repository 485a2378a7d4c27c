import type { EditionTag } from '../../domain/edition/edition.ts';
import type { FileImport } from '../../domain/exchange/fileImport.ts';

/** Files that were brought, each with its report. */
export interface Imports {
  byId(id: string): Promise<FileImport | null>;
  /** Newest first, without the bytes of those that wait and without the texts that were not taken. */
  ofEdition(tag: EditionTag, limit: number): Promise<readonly FileImport[]>;
  /** Compare-and-set. */
  save(fileImport: FileImport): Promise<void>;
  /** Forgets the files of a person that wait for this edition: at most one waits. */
  dropWaiting(tag: EditionTag, person: string): Promise<void>;
}
