import { claimOf, type ReadFile, type ReadUnit } from '../../domain/exchange/exchangeFile.ts';
import { Refused } from './refusal.ts';
import { readFileStamp, readUnitStamp } from './stamps.ts';
import { metadataNamespace, segmentOfToken } from './writeXliff2.ts';
import { childOf, childrenOf, descendants, wordsIn, type XmlElement } from './xmlTree.ts';
import { characterOf } from './xmlWords.ts';

/** XLIFF 2.0 and 2.1, as other tools leave them: with groups, with texts cut up, without metadata. Throws `Refused`. */
export function readXliff2(root: XmlElement): ReadFile {
  const files = childrenOf(root, 'file');
  const stamps = files.map((file) => readFileStamp(stampIn(file, 'file')));
  const stamp = stamps.find((each) => each !== null) ?? originOf(files, root.attributes.get('trgLang'));
  if (stamp === null) throw new Refused('originMissing');
  if (stamps.some((each) => each !== null && each.edition !== stamp.edition)) throw new Refused('severalOrigins');
  const language = root.attributes.get('trgLang');
  const units = files.flatMap((file) => descendants(file, 'unit', new Set([file.uri]))).map(readUnit);
  return { ...stamp, language: language?.split('-')[0]?.toLowerCase() ?? stamp.language, format: 'xliff2', units };
}

/** Where the stamp is gone, the name of the original says the edition. */
export function originOf(files: readonly XmlElement[], language: string | undefined): ReturnType<typeof readFileStamp> {
  for (const file of files) {
    const [, edition, release = ''] = /^headwater\/([^/]+)\/([^/]*)/.exec(file.attributes.get('original') ?? '') ?? [];
    if (edition === undefined) continue;
    const spoken = (language ?? edition).split('-')[0] ?? '';
    return { edition, language: spoken, release, ahead: [], exportedAt: '', scope: { kind: 'edition' } };
  }
  return null;
}

/** The line of ours in the metadata of an element. */
function stampIn(element: XmlElement, type: string): string {
  for (const metadata of childrenOf(element, 'metadata', metadataNamespace)) {
    for (const group of childrenOf(metadata, 'metaGroup')) {
      const found = childrenOf(group, 'meta').find((meta) => meta.attributes.get('type') === type);
      if (group.attributes.get('category') === 'headwater' && found !== undefined) return wordsIn(found);
    }
  }
  return '';
}

function readUnit(unit: XmlElement): ReadUnit {
  const stamp = readUnitStamp(stampIn(unit, 'unit'));
  const notes = childrenOf(unit, 'notes').flatMap((each) => childrenOf(each, 'note'));
  const noteOf = (category: string) => {
    const found = notes.find((note) => note.attributes.get('category') === category);
    return found === undefined ? null : wordsIn(found);
  };
  const data = new Map(
    childrenOf(unit, 'originalData')
      .flatMap((each) => childrenOf(each, 'data'))
      .map((each) => [each.attributes.get('id') ?? '', flatten(each, new Map())]),
  );
  const parts = unit.children.filter(
    (child) =>
      typeof child !== 'string' && child.uri === unit.uri && (child.local === 'segment' || child.local === 'ignorable'),
  ) as readonly XmlElement[];
  const segments = parts.filter((part) => part.local === 'segment');
  const texts = parts.map((part, index) => {
    const [source, target] = [childOf(part, 'source'), childOf(part, 'target')];
    return {
      part,
      // A target may stand elsewhere than its source: `order`, from 1.
      place: placeOf(target) ?? index + 1,
      source: source === undefined ? '' : flatten(source, data),
      target: target === undefined ? null : flatten(target, data),
    };
  });
  const done = segments.filter((part) => childOf(part, 'target') !== undefined);
  const ordered = texts.toSorted((one, other) => one.place - other.place);
  // What stands between segments is often left to the source. A unit without any target has none.
  const filled = (each: (typeof texts)[number]) => each.target ?? (each.part.local === 'ignorable' ? each.source : '');
  const cut = done.length > 0 && done.length < segments.length;
  const states = segments.map((part) => part.attributes.get('state') ?? null);
  const doneNow = cut
    ? false
    : states.some((state) => state === null)
      ? null
      : states.every((each) => each !== 'initial');
  return {
    segment: unit.attributes.get('name') ?? segmentOfToken(unit.attributes.get('id') ?? ''),
    source: texts.map((each) => each.source).join(''),
    target: done.length === 0 ? '' : ordered.map(filled).join(''),
    note: noteOf('author'),
    oldSource: noteOf('oldSource'),
    stamp,
    claim: cut ? 'unfinished' : claimOf(stamp, doneNow),
  };
}

function placeOf(target: XmlElement | undefined): number | null {
  const order = Number(target?.attributes.get('order') ?? Number.NaN);
  return Number.isInteger(order) && order > 0 ? order : null;
}

/** A text with its codes put back. */
function flatten(element: XmlElement, data: ReadonlyMap<string, string>): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return child;
      const code = (attribute: string, fallback: string): string =>
        data.get(child.attributes.get(attribute) ?? '') ?? child.attributes.get(fallback) ?? '';
      switch (child.local) {
        case 'cp':
          return characterOf(child.attributes.get('hex') ?? '');
        case 'ph':
          return code('dataRef', 'equiv') || (child.attributes.get('disp') ?? '');
        case 'sc':
        case 'ec':
          return code('dataRef', 'equiv');
        case 'pc':
          return `${code('dataRefStart', 'equivStart')}${flatten(child, data)}${code('dataRefEnd', 'equivEnd')}`;
        default:
          return flatten(child, data);
      }
    })
    .join('');
}
