import { claimOf, type ReadFile, type ReadUnit } from '../../domain/exchange/exchangeFile.ts';
import { originOf } from './readXliff2.ts';
import { Refused } from './refusal.ts';
import { poStampLine, readFileStamp, readUnitStamp } from './stamps.ts';
import { characterType, xliff1Namespace } from './writeXliff1.ts';
import { descendants, namedChildren, wordsIn, type XmlElement } from './xmlTree.ts';
import { characterOf } from './xmlWords.ts';

/** XLIFF 1.1 and 1.2: converters mix the two in one file. */
export const xliff1Namespaces: ReadonlySet<string> = new Set([
  xliff1Namespace,
  'urn:oasis:names:tc:xliff:document:1.1',
]);
const childrenOf = (element: XmlElement, local: string) => namedChildren(element, local, xliff1Namespaces);
const childOf = (element: XmlElement, local: string) => childrenOf(element, local)[0];

/** XLIFF 1.2, as other tools leave it: grouped, cut into segments, with other states. Throws `Refused`. */
export function readXliff1(root: XmlElement): ReadFile {
  const files = childrenOf(root, 'file');
  const stamps = files.map(stampOf);
  const language = files.map((file) => file.attributes.get('target-language')).find((each) => each !== undefined);
  const stamp = stamps.find((each) => each !== null) ?? originOf(files, language);
  if (stamp === null) throw new Refused('originMissing');
  if (stamps.some((each) => each !== null && each.edition !== stamp.edition)) throw new Refused('severalOrigins');
  const units = files
    .flatMap((file) => descendants(file, 'trans-unit', xliff1Namespaces))
    .filter((unit) => !isHeader(unit))
    .map(readUnit);
  // A target language in a tool's own spelling (`tr_TR`) is the same language.
  return { ...stamp, language: language?.split(/[-_]/)[0]?.toLowerCase() ?? stamp.language, format: 'xliff1', units };
}

function stampOf(file: XmlElement) {
  const header = childOf(file, 'header');
  const notes = header === undefined ? [] : childrenOf(header, 'note').map(wordsIn);
  const converted = descendants(file, 'trans-unit', xliff1Namespaces).filter(isHeader).map(wordsIn);
  const lines = converted.flatMap((words) =>
    Array.from(words.matchAll(/^X-Headwater: (.*)$/gm), ([, line = '']) => line),
  );
  return [...notes, ...lines].map(readFileStamp).find((stamp) => stamp !== null) ?? null;
}

/** The header of a PO file that was converted. */
const isHeader = (unit: XmlElement): boolean => unit.attributes.get('restype') === 'x-gettext-domain-header';

/** The stamp of a unit, also where it came by way of a PO file. */
function unitStampOf(contexts: readonly XmlElement[]) {
  const own = contexts.find((each) => each.attributes.get('context-type') === 'x-headwater');
  if (own !== undefined) return readUnitStamp(wordsIn(own));
  const comments = contexts.filter((each) => each.attributes.get('context-type') === 'x-po-autocomment').map(wordsIn);
  const line = comments.flatMap((words) => words.split('\n')).find((each) => each.startsWith(poStampLine));
  return line === undefined ? null : readUnitStamp(line.slice(poStampLine.length));
}

function readUnit(unit: XmlElement): ReadUnit {
  const contexts = childrenOf(unit, 'context-group').flatMap((group) => childrenOf(group, 'context'));
  const stamp = unitStampOf(contexts);
  const reference = contexts.find((each) => each.attributes.get('context-type') === 'sourcefile');
  const [source, target] = [childOf(unit, 'source'), childOf(unit, 'target')];
  const note = childrenOf(unit, 'note').find((each) => each.attributes.get('from') === 'author');
  const earlier = childrenOf(unit, 'alt-trans').find(
    (each) => each.attributes.get('alttranstype') === 'previous-version',
  );
  const oldSource = earlier === undefined ? undefined : childOf(earlier, 'source');
  return {
    segment:
      unit.attributes.get('resname') ??
      (reference === undefined ? unit.attributes.get('id') : wordsIn(reference).trim()) ??
      '',
    source: source === undefined ? '' : flatten(source),
    target: target === undefined ? '' : flatten(target),
    note: note === undefined ? null : wordsIn(note),
    oldSource: oldSource === undefined ? null : flatten(oldSource),
    stamp,
    claim: claimOf(stamp, doneNow(unit, target)),
  };
}

/** Null where the file does not say. A state of one's own (`x-…`) says nothing that is known here. */
function doneNow(unit: XmlElement, target: XmlElement | undefined): boolean | null {
  const state = target?.attributes.get('state');
  if (state !== undefined && !state.startsWith('x-')) return state !== 'new' && !state.startsWith('needs-');
  return unit.attributes.get('approved') === 'yes' ? true : null;
}

/** A text with its codes put back, whatever marks a tool has put around its parts. */
function flatten(element: XmlElement): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      const equivalent = child.attributes.get('equiv-text') ?? '';
      if (child.attributes.get('ctype') === characterType) return characterOf(equivalent.replace(/^U\+/, ''));
      if (child.children.length > 0) return flatten(child);
      return equivalent;
    })
    .join('');
}
