import { exchangeLimits } from '../../domain/exchange/exchangeFile.ts';
import { Refused } from './refusal.ts';

/** The text of an uploaded file: UTF-8, with or without its mark. Throws `Refused`. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new Refused('empty');
  if (bytes.length > exchangeLimits.bytes) throw new Refused('tooLarge');
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) throw new Refused('encoding', 1, 'UTF-16');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (text.trim() === '') throw new Refused('empty');
    return text;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('encoding');
  }
}

/** Refuses a file that calls itself something else than UTF-8: its tool may have written it so. */
export function demandUtf8(declared: string | undefined, line: number): void {
  if (declared === undefined || /^(utf-?8|us-ascii|ascii)$/i.test(declared.trim())) return;
  throw new Refused('encoding', line, declared);
}
