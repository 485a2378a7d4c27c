import type { ExchangeFile, ExchangeUnit, UnitStamp } from '../../domain/exchange/exchangeFile.ts';
import { writeFileStamp, writeUnitStamp } from './stamps.ts';
import { hexOf, legal, piecesOf, value, words } from './xmlWords.ts';

export const xliff1Namespace = 'urn:oasis:names:tc:xliff:document:1.2';
/** `ctype` of a character that XML cannot write. */
export const characterType = 'x-headwater-character';

/** XLIFF 1.2, for tools that do not know XLIFF 2. The old source of a stale unit is an alternative translation. */
export function writeXliff1(file: ExchangeFile): string {
  const { edition, release, exportedAt, units } = file;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xliff xmlns="${xliff1Namespace}" version="1.2">`,
    ` <file original="${value(`headwater/${edition}/${release}`)}" source-language="en" target-language="${value(edition)}" datatype="plaintext" product-name="Headwater" product-version="${value(release)}" date="${value(exportedAt)}">`,
    `  <header><note from="headwater">${words(writeFileStamp(file))}</note></header>`,
    '  <body>',
    ...units.map(unitLines),
    '  </body>',
    ' </file>',
    '</xliff>',
    '',
  ].join('\n');
}

function unitLines(unit: ExchangeUnit): string {
  const { segment, source, target, note, oldSource, stamp } = unit;
  const approved = stamp.stale === null && (stamp.state === 'reviewed' || stamp.state === 'final');
  const contexts = [
    ...(stamp.lessons.length === 0 ? [] : [context('x-lessons', stamp.lessons.join(', '))]),
    ...(stamp.section === '' ? [] : [context('x-section', stamp.section)]),
    context('x-kind', stamp.kind),
    context('x-policy', stamp.policy),
  ];
  const stampLine = context('x-headwater', writeUnitStamp(stamp));
  return [
    `   <trans-unit id="${value(segment)}" resname="${value(segment)}" approved="${approved ? 'yes' : 'no'}" xml:space="preserve">`,
    `    <source>${textOf(source)}</source>`,
    `    <target state="${stateOf(stamp, target)}">${textOf(target)}</target>`,
    `    <context-group name="place" purpose="information">${contexts.join('')}</context-group>`,
    `    <context-group name="headwater" purpose="x-headwater">${stampLine}</context-group>`,
    ...(note === null ? [] : [`    <note from="author">${words(legal(note))}</note>`]),
    ...(oldSource === null ? [] : [alternative(oldSource, target)]),
    '   </trans-unit>',
  ].join('\n');
}

const context = (type: string, text: string): string =>
  `<context context-type="${type}">${words(legal(text))}</context>`;

const alternative = (oldSource: string, target: string): string =>
  `    <alt-trans alttranstype="previous-version"><source>${textOf(oldSource)}</source><target>${textOf(target)}</target></alt-trans>`;

const states = {
  initial: 'needs-translation',
  translated: 'translated',
  reviewed: 'signed-off',
  final: 'final',
} as const;

function stateOf(stamp: UnitStamp, target: string): string {
  if (stamp.stale !== null) return 'needs-review-translation';
  return stamp.state === 'initial' && target === '' ? 'new' : states[stamp.state];
}

/** Facts are placeholders whose content is their text: a tool that knows no placeholders shows and keeps the words. */
function textOf(text: string): string {
  let next = 1;
  return piecesOf(text)
    .map((piece) => {
      if (piece.kind === 'words') return words(piece.text);
      const id = next++;
      if (piece.kind === 'fact') return `<ph id="${id}" ctype="x-fact">${words(piece.text)}</ph>`;
      return `<x id="${id}" ctype="${characterType}" equiv-text="U+${hexOf(piece.code)}"/>`;
    })
    .join('');
}
