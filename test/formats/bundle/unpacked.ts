import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';

export type Unpacked = ReadonlyMap<string, Uint8Array>;

export const unpacked = (zip: Uint8Array): Unpacked => new Map(Object.entries(unzipSync(zip)));

export const textIn = (files: Unpacked, path: string): string => {
  const bytes = files.get(path);
  assert.ok(bytes, `there is no ${path}`);
  return strFromU8(bytes);
};

const unescaped = (value: string): string =>
  value.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');

/** What is wrong with the links of all pages: those that lead nowhere, leave the folder, or ask a network by themselves. */
export function linkFaults(files: Unpacked, mayLeaveTo: RegExp): readonly string[] {
  const faults: string[] = [];
  let checked = 0;
  for (const path of [...files.keys()].filter((name) => name.endsWith('.html'))) {
    const html = textIn(files, path);
    for (const [, name, raw = ''] of html.matchAll(/\s(href|src|action|data|poster|srcset)="([^"]*)"/g)) {
      checked++;
      const link = unescaped(raw);
      const fault = linkFault(files, path, name === 'href' ? mayLeaveTo : null, link);
      if (fault !== null) faults.push(`${path}: ${name} ${link}: ${fault}`);
    }
    if (/url\(\s*["']?(?!data:)/.test(html) || /@import/.test(html)) faults.push(`${path}: the style asks for a file`);
  }
  assert.ok(checked > 20, 'links were looked at');
  return faults;
}

function linkFault(files: Unpacked, page: string, mayLeaveTo: RegExp | null, link: string): string | null {
  if (link === 'data:,') return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) {
    if (mayLeaveTo === null) return 'is fetched from elsewhere';
    return /^tel:\+?[0-9]+$/.test(link) || mayLeaveTo.test(link) ? null : 'leads elsewhere';
  }
  if (link.startsWith('/') || link === '') return 'is not relative';
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path)));
  if (target.startsWith('..')) return 'leaves the folder';
  if (!files.has(target)) return 'leads nowhere';
  if (anchor !== undefined && !textIn(files, target).includes(`id="${anchor}"`)) return 'has no such place';
  return null;
}

export type XmlElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Names of the elements around it. */
  readonly within: readonly string[];
  text: string;
};

/** The elements of a well-formed document, in order; throws for one that is not. */
export function xmlElements(xml: string): readonly XmlElement[] {
  const parser = new SaxesParser({ xmlns: true });
  const found: XmlElement[] = [];
  const open: XmlElement[] = [];
  parser.on('error', (problem) => {
    throw problem;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    const element = { name, attributes: Object.fromEntries(values), within: open.map((one) => one.name), text: '' };
    open.push(element);
    found.push(element);
  });
  parser.on('text', (text) => {
    const last = open.at(-1);
    if (last) last.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return found;
}

/** What a manifest names that is not there, and what is there that no manifest names. */
export function manifestFaults(files: Unpacked, elements: readonly XmlElement[]): readonly string[] {
  const of = (name: string) => elements.filter((element) => element.name === name);
  const ids = elements.flatMap(({ attributes }) => attributes.identifier ?? []);
  const named = new Set(of('file').map(({ attributes }) => attributes.href ?? ''));
  const resources = new Set(of('resource').map(({ attributes }) => attributes.identifier ?? ''));
  return [
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${id} stands twice`),
    ...[...named].filter((path) => !files.has(path)).map((path) => `${path} is named and not there`),
    ...[...files.keys()]
      .filter((path) => path !== 'imsmanifest.xml' && !named.has(path))
      .map((path) => `${path} is there and not named`),
    ...of('resource')
      .flatMap(({ attributes }) => attributes.href ?? [])
      .filter((path) => !named.has(path))
      .map((path) => `${path} is opened and not named`),
    ...[...of('item'), ...of('dependency')]
      .flatMap(({ attributes }) => attributes.identifierref ?? [])
      .filter((id) => !resources.has(id))
      .map((id) => `${id} is no resource`),
  ];
}
