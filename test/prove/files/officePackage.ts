import { posix } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { readXml, within, type XmlElement } from '../../formats/readXml.ts';

const typesName = '[Content_Types].xml';
const ending = (name: string): string => name.split('.').at(-1) ?? '';

/** What is wrong with an office file as a ZIP of parts; empty when nothing. Never throws. */
export function packageFaults(bytes: Uint8Array): readonly string[] {
  try {
    return faultsIn(unzipSync(bytes));
  } catch (problem) {
    return [`it cannot be unpacked: ${problem instanceof Error ? problem.message : String(problem)}`];
  }
}

function faultsIn(files: Readonly<Record<string, Uint8Array>>): readonly string[] {
  const names = Object.keys(files);
  const broken: string[] = [];
  const parts = new Map<string, XmlElement>();
  for (const name of names.filter((each) => /\.(xml|rels)$/.test(each))) {
    try {
      parts.set(name, readXml(strFromU8(files[name] ?? new Uint8Array())));
    } catch (problem) {
      broken.push(`${name} is not well-formed: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
  }
  return [...broken, ...declarationFaults(names, parts), ...relationFaults(names, parts)];
}

/** Every declared part is there and declared once; every part is declared. */
function declarationFaults(names: readonly string[], parts: ReadonlyMap<string, XmlElement>): readonly string[] {
  const types = parts.get(typesName);
  if (types === undefined) return [`there is no ${typesName}`];
  const declared = within(types, 'Override').map(({ attributes }) => (attributes.PartName ?? '').replace(/^\//, ''));
  const endings = within(types, 'Default').map(({ attributes }) => attributes.Extension ?? '');
  const known = (name: string): boolean =>
    name === typesName || declared.includes(name) || (ending(name) !== 'xml' && endings.includes(ending(name)));
  return [
    ...declared.filter((name) => !names.includes(name)).map((name) => `${name} is declared and not there`),
    ...declared.filter((name, place) => declared.indexOf(name) !== place).map((name) => `${name} is declared twice`),
    ...names.filter((name) => !known(name)).map((name) => `${name} is not declared`),
  ];
}

/** Every link between parts has its end, every id that a part uses is known, and every part hangs on something. */
function relationFaults(names: readonly string[], parts: ReadonlyMap<string, XmlElement>): readonly string[] {
  const faults: string[] = [];
  const reached = new Set<string>();
  for (const [name, part] of parts) {
    if (ending(name) !== 'rels') continue;
    const folder = posix.dirname(posix.dirname(name));
    const source = posix.join(folder, posix.basename(name, '.rels'));
    const links = within(part, 'Relationship').map(({ attributes }) => attributes);
    for (const { Target = '', TargetMode } of links) {
      if (TargetMode === 'External') continue;
      const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
      reached.add(target);
      if (!names.includes(target)) faults.push(`${name} leads to ${target}, which is not there`);
    }
    const ids = links.map(({ Id = '' }) => Id);
    faults.push(...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${name} has ${id} twice`));
    const words = parts.get(source);
    const used = words === undefined ? [] : idsUsedIn(words);
    faults.push(...used.filter((id) => !ids.includes(id)).map((id) => `${source} uses ${id}, which is not there`));
  }
  const loose = names.filter((name) => name !== typesName && ending(name) !== 'rels' && !reached.has(name));
  return [...faults, ...loose.map((name) => `nothing leads to ${name}`)];
}

function idsUsedIn(element: XmlElement): readonly string[] {
  const own = Object.entries(element.attributes).filter(([name]) => /^r:(id|embed|link|pict)$/.test(name));
  const inside = element.children.flatMap((child) => (typeof child === 'string' ? [] : idsUsedIn(child)));
  return [...own.map(([, value]) => value), ...inside];
}
