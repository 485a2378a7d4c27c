import { createHash } from 'node:crypto';
import type { Edition } from '../../domain/edition/edition.ts';
import type { WorkingEdition } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import { type ExchangeProblem, exchangeLimits, type ReadFile } from '../../domain/exchange/exchangeFile.ts';
import type { FileImport } from '../../domain/exchange/fileImport.ts';
import { type ImportLine, planImport } from '../../domain/exchange/planImport.ts';
import { isRefusal, readExchange } from '../../formats/exchange/exchange.ts';
import { loadTranslations } from '../edition/loadWorking.ts';
import type { Store } from '../ports.ts';

export const hashOfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a file says, if it belongs to this edition. Throws `exchangeRefused`; then nothing has changed. */
export function readFor(edition: Edition, bytes: Uint8Array): ReadFile {
  const read = readExchange(bytes);
  if (isRefusal(read)) throw refused(read.problem, read.line, read.detail);
  if (read.edition !== edition.tag) throw refused('otherEdition', null, read.edition);
  if (read.language !== edition.language) throw refused('otherLanguage', null, read.language);
  return read;
}

/** No file was chosen, or one over the limit. */
export function demandBytes(bytes: Uint8Array): void {
  if (bytes.length === 0) throw refused('empty', null, '');
  if (bytes.length > exchangeLimits.bytes) throw refused('tooLarge', null, '');
}

function refused(problem: ExchangeProblem, line: number | null, detail: string): DomainError {
  const short = detail.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 120);
  return new DomainError('exchangeRefused', { problem, line: line ?? 0, detail: short });
}

export type OpenImport = {
  readonly fileImport: FileImport;
  readonly working: WorkingEdition;
  /** Of a file that waits: what would become of each line now. Of another: what was not taken. */
  readonly lines: readonly ImportLine[];
};

/** A file that was brought for this edition, with its lines. Throws `importUnknown`. */
export async function openImport(store: Store, edition: Edition, id: string): Promise<OpenImport> {
  const fileImport = await store.imports.byId(id);
  if (fileImport === null || fileImport.edition !== edition.tag) throw new DomainError('importUnknown');
  const working = await loadTranslations(store, edition);
  if (fileImport.state !== 'waiting') return { fileImport, working, lines: fileImport.notTaken };
  const read = readFor(edition, Buffer.from(fileImport.bytes, 'base64'));
  return { fileImport, working, lines: planImport(read.units, working) };
}
