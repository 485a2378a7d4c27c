import { type ExchangeFile, type ExchangeUnit, needsWork, type UnitStamp } from '../../domain/exchange/exchangeFile.ts';
import { writeFileStamp, writeUnitStamp } from './stamps.ts';
import { hexOf, legal, piecesOf, value, words } from './xmlWords.ts';

export const xliff2Namespace = 'urn:oasis:names:tc:xliff:document:2.0';
export const metadataNamespace = 'urn:oasis:names:tc:xliff:metadata:2.0';
export const staleMark = 'headwater:stale';

/** A name for a segment that XML takes as a name token; `segmentOfToken` is its inverse. */
export const tokenOf = (segment: string): string =>
  segment.replace(/[^A-Za-z0-9.-]/gu, (mark) => `_${mark.codePointAt(0)?.toString(16)}_`);

export const segmentOfToken = (token: string): string =>
  token.replace(/_([0-9a-f]{1,6})_/g, (whole, hex) => {
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** XLIFF 2.1. Facts are protected codes, stamps are metadata, and no text may be cut up. */
export function writeXliff2(file: ExchangeFile): string {
  const origin = `headwater/${file.edition}/${file.release}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff xmlns="${xliff2Namespace}" xmlns:mda="${metadataNamespace}" version="2.1" srcLang="en" trgLang="${value(file.edition)}">`,
    ` <file id="units" original="${value(origin)}" canResegment="no">`,
    `  ${metadata('file', writeFileStamp(file))}`,
    ...file.units.map(unitLines),
    ' </file>',
    '</xliff>',
    '',
  ].join('\n');
}

const metadata = (type: string, stamp: string): string =>
  `<mda:metadata><mda:metaGroup category="headwater"><mda:meta type="${type}">${words(stamp)}</mda:meta></mda:metaGroup></mda:metadata>`;

function unitLines(unit: ExchangeUnit): string {
  const { segment, source, target, stamp } = unit;
  const codes = new Codes();
  const sourceWords = codes.write(source);
  const targetWords = codes.restart().write(target);
  return [
    `  <unit id="${tokenOf(segment)}" name="${value(segment)}" canResegment="no">`,
    `   ${metadata('unit', writeUnitStamp(stamp))}`,
    `   <notes>${notesOf(unit).join('')}</notes>`,
    ...codes.data(),
    `   <segment ${stateOf(stamp)}>`,
    `    <source xml:space="preserve">${sourceWords}</source>`,
    ...(target === '' ? [] : [`    <target xml:space="preserve">${targetWords}</target>`]),
    '   </segment>',
    '  </unit>',
  ].join('\n');
}

/** Stale texts go out as work to do; what they were stands in the stamp. */
function stateOf(stamp: UnitStamp): string {
  if (stamp.stale !== null) return `state="initial" subState="${staleMark}"`;
  return `state="${needsWork(stamp) ? 'initial' : stamp.state}"`;
}

function notesOf({ note, oldSource, stamp }: ExchangeUnit): readonly string[] {
  const line = (category: string, text: string) =>
    `<note category="${category}" appliesTo="source">${words(legal(text))}</note>`;
  const place = [stamp.lessons.join(', '), stamp.section, stamp.kind, stamp.policy].filter((word) => word !== '');
  return [
    line('place', place.join(' · ')),
    ...(note === null ? [] : [line('author', note)]),
    ...(oldSource === null ? [] : [line('oldSource', oldSource)]),
  ];
}

/** The protected codes of one unit: a fact has one id in source and target, and its braces once in the data. */
class Codes {
  readonly #data = new Map<string, string>();
  readonly #ids: { readonly text: string; readonly id: string }[] = [];
  #used = new Set<string>();
  #next = 1;

  /** From here on the target is written: the codes of the source are there to be used again. */
  restart(): this {
    this.#used = new Set();
    return this;
  }

  write(text: string): string {
    return piecesOf(text)
      .map((piece) => {
        if (piece.kind === 'words') return words(piece.text);
        return piece.kind === 'character' ? `<cp hex="${hexOf(piece.code)}"/>` : this.#code(piece.text);
      })
      .join('');
  }

  #code(text: string): string {
    const free = this.#ids.find((code) => code.text === text && !this.#used.has(code.id));
    const id = free?.id ?? `c${this.#next++}`;
    if (free === undefined) this.#ids.push({ text, id });
    this.#used.add(id);
    const data = this.#data.get(text) ?? `d${this.#data.size + 1}`;
    this.#data.set(text, data);
    return `<ph id="${id}" canDelete="no" dataRef="${data}" equiv="${value(text)}" disp="${value(text)}"/>`;
  }

  data(): readonly string[] {
    if (this.#data.size === 0) return [];
    const lines = [...this.#data].map(([text, id]) => `<data id="${id}">${words(text)}</data>`);
    return [`   <originalData>${lines.join('')}</originalData>`];
  }
}
