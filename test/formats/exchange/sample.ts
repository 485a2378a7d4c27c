import type {
  ExchangeFile,
  ExchangeFormat,
  ExchangeUnit,
  ReadFile,
} from '../../../src/domain/exchange/exchangeFile.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { isRefusal, readExchange, writeExchange } from '../../../src/formats/exchange/exchange.ts';

const unit = (
  segment: string,
  source: string,
  target: string,
  change: Partial<ExchangeUnit['stamp']> = {},
): ExchangeUnit => ({
  segment,
  source,
  target,
  note: segment === 'CPS-02' ? 'Said aloud.\nTo children.' : null,
  oldSource: change.stale === undefined ? null : 'Stop.',
  stamp: {
    lessons: ['B4', 'C3'],
    section: 'messages',
    kind: 'statement',
    policy: 'core',
    state: target === '' ? 'initial' : 'reviewed',
    stale: null,
    revision: 4,
    sourceHash: textHash(source),
    targetHash: textHash(target),
    basedOn: textHash(source),
    ...change,
  },
});

/** Three units: a current one with a fact, a stale one, and one without a text. */
export const sample: ExchangeFile = {
  edition: 'tr-TR',
  language: 'tr',
  release: '1.8.1',
  ahead: [],
  exportedAt: '2026-11-24T08:30:00.000Z',
  scope: { kind: 'edition' },
  units: [
    unit('CPS-02', 'Keep telling. Call: {helpline.child}.', 'Anlatmaya devam et. Ara: {helpline.child}.'),
    unit('CPS-03', 'Stop now. Pay nothing & send nothing.', 'Şimdi dur.', {
      stale: 'safety',
      basedOn: textHash('Stop.'),
    }),
    unit('B4.act.1', 'Set the rules together', '', { revision: 0, basedOn: null }),
  ],
};

export const textOf = (format: ExchangeFormat): string => new TextDecoder().decode(writeExchange(format, sample));
export const read = (text: string | Uint8Array) =>
  readExchange(typeof text === 'string' ? new TextEncoder().encode(text) : text);

/** The file, which must not be refused. */
export function accepted(text: string | Uint8Array): ReadFile {
  const file = read(text);
  if (isRefusal(file)) throw new Error(`refused: ${JSON.stringify(file)}`);
  return file;
}
