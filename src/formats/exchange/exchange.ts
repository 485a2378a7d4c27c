import {
  type ExchangeFile,
  type ExchangeFormat,
  exchangeLimits,
  type ReadFile,
} from '../../domain/exchange/exchangeFile.ts';
import { readCsv, writeCsv } from './csv.ts';
import { decodeText } from './decodeText.ts';
import { readPo, writePo } from './po.ts';
import { readXliff1, xliff1Namespaces } from './readXliff1.ts';
import { readXliff2 } from './readXliff2.ts';
import { type ExchangeRefusal, Refused } from './refusal.ts';
import { writeXliff1 } from './writeXliff1.ts';
import { writeXliff2, xliff2Namespace } from './writeXliff2.ts';
import { readXml } from './xmlTree.ts';

/** How a file of each format is called, and what a browser is told about it. */
export const fileKinds: Readonly<Record<ExchangeFormat, { readonly ending: string; readonly mediaType: string }>> = {
  xliff2: { ending: 'xlf', mediaType: 'application/xliff+xml; charset=utf-8' },
  xliff1: { ending: 'xlf', mediaType: 'application/x-xliff+xml; charset=utf-8' },
  po: { ending: 'po', mediaType: 'text/x-gettext-translation; charset=utf-8' },
  csv: { ending: 'csv', mediaType: 'text/csv; charset=utf-8' },
};

/** The file as bytes. */
export function writeExchange(format: ExchangeFormat, file: ExchangeFile): Uint8Array {
  switch (format) {
    case 'xliff2':
      return new TextEncoder().encode(writeXliff2(file));
    case 'xliff1':
      return new TextEncoder().encode(writeXliff1(file));
    case 'po':
      return writePo(file);
    case 'csv':
      return writeCsv(file);
  }
}

/** What a file says, or why it is refused as a whole. The format is told by the content, not by the name. */
export function readExchange(bytes: Uint8Array): ReadFile | ExchangeRefusal {
  try {
    const file = readText(decodeText(bytes));
    if (file.units.length === 0) throw new Refused('noUnits');
    if (file.units.length > exchangeLimits.units) throw new Refused('tooMany');
    return file;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

export const isRefusal = (read: ReadFile | ExchangeRefusal): read is ExchangeRefusal => 'problem' in read;

function readText(text: string): ReadFile {
  if (/^\s*</.test(text)) {
    const root = readXml(text);
    if (root.local === 'xliff' && root.uri === xliff2Namespace) return readXliff2(root);
    if (root.local === 'xliff' && xliff1Namespaces.has(root.uri)) return readXliff1(root);
    throw new Refused('namespace', root.line, root.uri || root.local);
  }
  if (/^\s*(?:#|msgid|msgctxt)/.test(text)) return readPo(text);
  if (/^[^\r\n]*\bsegment\b/i.test(text)) return readCsv(text);
  throw new Refused('formatUnknown');
}
