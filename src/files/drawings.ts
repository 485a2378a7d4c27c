import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

/** The line drawings of the baseline by their name, as SVG text. */
export type Drawings = ReadonlyMap<string, string>;
/** The drawings of a content folder, and the hash that each was released with. */
export type SealedDrawings = { readonly drawings: Drawings; readonly seals: Readonly<Record<string, string>> };

/** Reads the drawings of a folder; a folder that is not there has none. */
export function readDrawings(folder: string): Drawings {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder).filter((name) => name.endsWith('.svg'));
  return new Map(files.sort().map((name) => [name.slice(0, -'.svg'.length), readFileSync(join(folder, name), 'utf8')]));
}

const folderIn = (content: string): string => join(content, 'baseline/drawings');
const sealsIn = (content: string): string => join(folderIn(content), 'seals.yaml');

export function shelfOf(content: string): SealedDrawings {
  const file = sealsIn(content);
  const seals = existsSync(file) ? parse(readFileSync(file, 'utf8')) : {};
  return { drawings: readDrawings(folderIn(content)), seals: z.record(z.string(), z.string()).parse(seals ?? {}) };
}

/** Seals the drawings that have no seal yet, and leaves the others alone; returns their names. */
export function sealDrawings(content: string, sealOf: (svg: string) => string): readonly string[] {
  const { drawings, seals } = shelfOf(content);
  const fresh = [...drawings].filter(([name]) => seals[name] === undefined);
  const all = { ...seals, ...Object.fromEntries(fresh.map(([name, svg]) => [name, sealOf(svg)])) };
  if (fresh.length > 0) writeFileSync(sealsIn(content), stringify(all, { sortMapEntries: true, lineWidth: 0 }));
  return fresh.map(([name]) => name);
}
