import { readFileSync } from 'node:fs';
import { XmlDocument } from 'libxml2-wasm';
import { type Unpacked, unpacked } from '../../formats/bundle/unpacked.ts';
import { type Check, check, type ExpectedLesson, editionOf, type Ground, type PublishedFile } from './judge.ts';

/** The files inside a ZIP, a SCORM package, a cartridge or a book, in their order. */
export const filesIn = ({ path }: PublishedFile): Unpacked => unpacked(readFileSync(path));

/** A check that has nothing to find: the first faults and how many there are, or what was looked at. */
export function faultless(what: string, faults: readonly string[], looked: string): Check {
  const [first = '', ...more] = faults.map((fault) => fault.replace(/\s+/g, ' ').slice(0, 300));
  const told = `${[first, ...more.slice(0, 4)].join('; ')}${more.length > 4 ? `; ${faults.length} in all` : ''}`;
  return check(what, faults.length === 0, faults.length === 0 ? looked : told);
}

/** The lessons that stand in a file: its own, or all of its edition. */
export function lessonsIn(ground: Ground, file: PublishedFile): readonly ExpectedLesson[] {
  const { lessons } = editionOf(ground, file);
  return file.lesson === null ? lessons : lessons.filter(({ lesson }) => lesson === file.lesson);
}

type Named = Readonly<Record<string, unknown>>;
const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null;

/** Every object within a page model, however deep. */
function objectsIn(value: unknown): readonly Named[] {
  if (!isNamed(value)) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** The part of a pointer of an edition that says where *Exit this page* leads. */
function exitOf({ publicFolder }: Ground, edition: string): string {
  const pointer: unknown = JSON.parse(readFileSync(`${publicFolder}/editions/${edition}.json`, 'utf8'));
  const facts = isNamed(pointer) ? pointer.facts : null;
  return isNamed(facts) && typeof facts.exitUrl === 'string' ? facts.exitUrl : '';
}

/** Where a page of a package may lead: addresses in the lessons' own words, the licence, the way out, the edition online. */
export function mayLeaveTo(ground: Ground, file: PublishedFile): RegExp {
  const inWords = editionOf(ground, file).lessons.flatMap(({ page }) =>
    objectsIn(page).flatMap(({ url, verifyUrl }) => [url, verifyUrl].filter((each) => typeof each === 'string')),
  );
  const { base } = ground;
  const around = ['https://creativecommons.org/licenses/by-sa/4.0/', exitOf(ground, file.edition)];
  const online = base === null ? [] : [`${base}/${file.edition}`];
  const known = new Set([...inWords, ...around, ...online].filter((address) => address !== ''));
  return new RegExp(`^(${[...known].map((address) => RegExp.escape(address)).join('|')})$`);
}

const telephone = /href="tel:([^"]*)"[^>]*>(?:<bdi dir="ltr">)?([^<]*)</g;

/** Numbers on a page that the facts of its lessons do not have, or that are shown as others than they dial. */
export function strangeNumbers(path: string, html: string, lessons: readonly ExpectedLesson[]): readonly string[] {
  const known = new Set(
    lessons.flatMap(({ page }) =>
      objectsIn(page).flatMap(({ dial, display }) => (dial && display ? [`${dial} ${display}`] : [])),
    ),
  );
  return [...html.matchAll(telephone)].flatMap(([, dial, shown]) =>
    known.has(`${dial} ${shown}`) ? [] : [`${path}: ${shown} dials ${dial}, which no fact of the lesson says`],
  );
}

/** The numbers from where the box with the helplines begins, in the order in which they stand there. */
const numbersIn = (html: string, box: string): readonly string[] => {
  const at = html.indexOf(box);
  return at === -1 ? [] : [...html.slice(at).matchAll(telephone)].map(([, , shown = '']) => shown);
};

/** Which numbers a page of a lesson has to name: all of the lesson, or at least those to call. */
export type Wanted = 'all' | 'toCall';
const toCall = ['child', 'crisis', 'danger'];

/** What is wrong with the box of a lesson's helplines: a number that is missing, too many, or in another place. */
export function helplineFaults(path: string, html: string, lesson: ExpectedLesson, box: string, wanted: Wanted) {
  const there = numbersIn(html, box).join(', ');
  const numbered = lesson.help.filter(({ display }) => display !== '');
  const all = numbered.map(({ display }) => display).join(', ');
  const least = numbered.flatMap(({ use, display }) => (toCall.includes(use) ? [display] : [])).join(', ');
  const good = all !== '' && (there === all || (wanted === 'toCall' && there === least));
  return good ? [] : [`${path}: the helplines are ${there}, not ${wanted === 'all' ? all : least}`];
}

/** The same for a page of the whole edition: every number of every lesson. */
export function editionHelplineFaults(path: string, html: string, lessons: readonly ExpectedLesson[], box: string) {
  const there = new Set(numbersIn(html, box));
  const wanted = new Set(lessons.flatMap(({ help }) => help.flatMap(({ display }) => (display ? [display] : []))));
  const good = wanted.size > 0 && there.size === wanted.size && [...wanted].every((each) => there.has(each));
  return good ? [] : [`${path}: the helplines are ${[...there].join(', ')}, not ${[...wanted].join(', ')}`];
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The words of a page, without its elements, with one space where there is any. */
export function wordsOf(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/, ' ')
    .replace(/<\/(p|h\d|li|dt|dd|div|section|td|th)>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(\w+);/g, (whole, name: string) => named[name] ?? whole)
    .replace(/\s+/g, ' ');
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What a lesson's page lacks of its title and of the headings of its steps, in their order. */
export function headingFaults(path: string, html: string, { title, steps }: ExpectedLesson): readonly string[] {
  const words = wordsOf(html);
  let from = 0;
  return [title, ...steps].flatMap((heading) => {
    const at = words.indexOf(flat(heading), from);
    if (at === -1) return [`${path}: “${heading}” is not there, or not in its order`];
    from = at + flat(heading).length;
    return [];
  });
}

/** What libxml2 says against the form of an XML file; empty where it is well-formed. */
export function malformed(path: string, text: string): readonly string[] {
  try {
    XmlDocument.fromString(text).dispose();
    return [];
  } catch (problem) {
    return [`${path}: ${problem instanceof Error ? problem.message : String(problem)}`];
  }
}
