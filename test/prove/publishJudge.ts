import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EditionPointer } from '../../src/site/pointer.ts';
import type { Report } from './publishChild.ts';
import type { Answered } from './readerChild.ts';
import { markPattern, provenLessons } from './river.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const hashIn = (object: string): string => object.slice(object.lastIndexOf('/') + 1).split('.')[0] ?? '';
const pathOf = (lesson: string): string => `/en-GB/lessons/${lesson}`;

/**
 * Whether a pointer is of one publication and agrees with the store: number and root, every object whole under its hash,
 * both lessons with the mark of one run and the code of the manifest, files named after one lesson edition.
 */
export function judgePointer(report: Report, publicFolder: string, seen: Map<string, string>): readonly string[] {
  const wrong: string[] = [];
  const pointer = JSON.parse(report.pointer) as EditionPointer;
  const expected = report.roots[report.numbers.indexOf(report.publication ?? -1)];
  if (pointer.publication !== report.publication || pointer.root !== expected) {
    wrong.push(`the store shows ${report.publication}, the disk ${pointer.publication}`);
  }
  const same = seen.get(`${pointer.publication}`);
  if (same !== undefined && same !== report.pointer)
    wrong.push(`publication ${pointer.publication} has two faces: ${differenceOf(same, report.pointer)}`);
  seen.set(`${pointer.publication}`, report.pointer);
  const marks = new Set<string>();
  const editions = new Set<string>();
  for (const [path, entry] of Object.entries(pointer.entries)) {
    if (entry.code !== undefined) wrong.push(`${path} answers ${entry.code}`);
    const bytes = readFileSync(join(publicFolder, entry.object));
    if (bytes.length !== entry.bytes || sha256(bytes) !== hashIn(entry.object)) wrong.push(`${path} is not whole`);
    if (entry.fileName !== undefined) {
      editions.add(/_(\d+)_a4\.pdf$/.exec(entry.fileName)?.[1] ?? entry.fileName);
      if (!bytes.subarray(-8).toString('latin1').includes('%%EOF')) wrong.push(`${path} has no end`);
    }
    const lesson = provenLessons.find((each) => path === pathOf(each));
    if (lesson === undefined) continue;
    const html = bytes.toString('utf8');
    marks.add(markPattern.exec(html)?.[0] ?? 'seed');
    const code = report.codes[lesson] ?? 'no code';
    if (!html.includes(code)) wrong.push(`${path} does not carry its code ${code}`);
  }
  if (marks.size !== 1) wrong.push(`publication ${pointer.publication} mixes ${[...marks].join(' and ')}`);
  if (editions.size !== 1) wrong.push(`files of lesson editions ${[...editions].join(' and ')} stand together`);
  return wrong;
}

/** Where two texts begin to differ. */
export function differenceOf(one: string, other: string): string {
  let place = 0;
  while (one[place] === other[place]) place++;
  const near = (text: string): string => text.slice(Math.max(0, place - 60), place + 60);
  return `${near(one)} | ${near(other)}`;
}

/** What has to be true of the store after any start, whatever was killed before it. */
export function judgeStore(report: Report, before: Report): readonly string[] {
  const wrong: string[] = [];
  const { numbers, roots } = report;
  if (numbers.some((number, place) => number !== place + 1)) wrong.push(`numbers are not 1, 2, 3 …: ${numbers}`);
  if (report.newest !== numbers.length) wrong.push(`newest is ${report.newest}, there are ${numbers.length}`);
  if (report.publication !== report.newest) wrong.push(`shows ${report.publication} of ${report.newest}`);
  if (before.roots.some((root, place) => root !== roots[place])) wrong.push('a publication changed or went away');
  if (report.publishedEvents !== numbers.length) {
    wrong.push(`${report.publishedEvents} events for ${numbers.length} publications`);
  }
  return wrong;
}

/** The states of the pointer in the order in which they came to be; readers move along it, never back. */
export type States = { readonly hashes: ReadonlyMap<string, string> }[];

export const stateOf = (report: Report): States[number] => {
  const { entries } = JSON.parse(report.pointer) as EditionPointer;
  return { hashes: new Map(Object.entries(entries).map(([path, entry]) => [path, hashIn(entry.object)])) };
};

/**
 * Judges answers in the order in which each loop got them: every one has to be the bytes of some state, and not of an
 * earlier state than the loop has seen already. `at` is where each loop stands.
 */
export function judgeAnswers(answers: readonly Answered[], states: States, at: Map<number, number>): readonly string[] {
  const wrong: string[] = [];
  for (const { loop, path, code, hash, whole } of answers) {
    if (code !== 200 || !whole) {
      wrong.push(`${path} answered ${code}${whole ? '' : ', not whole'} ${code === 0 ? hash : ''}`);
      continue;
    }
    if (!states[0]?.hashes.has(path)) continue;
    const from = at.get(loop) ?? 0;
    const found = states.findIndex((state, place) => place >= from && state.hashes.get(path) === hash);
    if (found >= 0) at.set(loop, found);
    else {
      const earlier = states.some((state) => state.hashes.get(path) === hash);
      wrong.push(earlier ? `${path} went back to the old` : `${path} is of no publication`);
    }
  }
  return wrong;
}
