import { adultKinds } from '../domain/package/lessonPackage.ts';
import { fileFormats, formats, type LessonRow } from './pointer.ts';

/** What a reader chose; empty where nothing was. Lives in the address. */
export type Choices = {
  readonly age: string;
  readonly minutes: string;
  readonly topic: string;
  readonly format: string;
  readonly screens: string;
};
export type Filter = keyof Choices;

export const filterNames: readonly Filter[] = ['age', 'minutes', 'topic', 'format', 'screens'];
export const noChoices: Choices = { age: '', minutes: '', topic: '', format: '', screens: '' };

const agesOf = (row: LessonRow): string => (row.ages ? `${row.ages[0]}-${row.ages[1]}` : 'adults');

/** Whether a lesson is for them; a session that names no adults is for all of them. */
const isFor = (row: LessonRow, chosen: string): boolean =>
  agesOf(row) === chosen ||
  (row.ages === null && adultKinds.some((kind) => kind === chosen && (row.adults ?? kind) === kind));

/** Whether it has this to hand out, to show, or to take as a file. */
const has = (row: LessonRow, chosen: string): boolean =>
  (row.formats ?? []).some((format) => format === chosen) || (row.files ?? []).some(({ format }) => format === chosen);

const fits: Readonly<Record<Filter, (row: LessonRow, chosen: string) => boolean>> = {
  age: isFor,
  minutes: (row, chosen) => row.minutes <= Number(chosen),
  topic: (row, chosen) => row.topics.some((topic) => topic === chosen),
  format: has,
  screens: (row, chosen) => row.screens === chosen,
};

/** Only what a lesson of this edition could answer; anything else in the address is not a choice. */
export function readChoices(rows: readonly LessonRow[], query: URLSearchParams): Choices | null {
  const read = (name: Filter): string => {
    const value = query.get(name) ?? '';
    if (name === 'minutes') return /^[1-9]\d{0,2}$/.test(value) ? value : '';
    return candidates(rows, name).includes(value) ? value : '';
  };
  const choices = {
    age: read('age'),
    minutes: read('minutes'),
    topic: read('topic'),
    format: read('format'),
    screens: read('screens'),
  };
  return filterNames.some((name) => choices[name] !== '') ? choices : null;
}

/** The ages, then the adults: all of them, and each kind that a session names. */
function agesIn(rows: readonly LessonRow[]): readonly string[] {
  const named = adultKinds.filter((kind) => rows.some(({ adults }) => adults === kind));
  return [...new Set(rows.map(agesOf)), ...named];
}
/** What can be chosen among some lessons; those of an edition are asked with every address. */
const candidatesOf = new WeakMap<readonly LessonRow[], Map<Filter, readonly string[]>>();

function candidates(rows: readonly LessonRow[], name: Filter): readonly string[] {
  const known = candidatesOf.get(rows) ?? new Map<Filter, readonly string[]>();
  candidatesOf.set(rows, known);
  const found = known.get(name) ?? findCandidates(rows, name);
  known.set(name, found);
  return found;
}

function findCandidates(rows: readonly LessonRow[], name: Filter): readonly string[] {
  switch (name) {
    case 'age':
      return agesIn(rows);
    case 'minutes':
      return [...new Set(rows.map((row) => row.minutes))].sort((one, other) => one - other).map(String);
    case 'topic':
      return [...new Set(rows.flatMap((row) => row.topics))];
    case 'format':
      return [...formats, ...fileFormats].filter((format) => rows.some((row) => has(row, format)));
    case 'screens':
      return ['none'];
  }
}

export function matching(rows: readonly LessonRow[], choices: Choices): readonly LessonRow[] {
  const chosen = filterNames.filter((name) => choices[name] !== '');
  if (chosen.length === 0) return rows;
  return rows.filter((row) => chosen.every((name) => fits[name](row, choices[name])));
}

/** What can be chosen without ending up with nothing, given the other choices. The one chosen now stays. */
export function optionsOf(rows: readonly LessonRow[], choices: Choices, name: Filter): readonly string[] {
  const others = matching(rows, { ...choices, [name]: '' });
  const useful = candidates(rows, name).filter(
    (value) => value === choices[name] || others.some((row) => fits[name](row, value)),
  );
  const mine = choices[name];
  // Where every session names its adults, all of them together are no choice beside each kind, unless chosen.
  const named = useful.filter((value) => adultKinds.some((kind) => kind === value));
  if (name === 'age' && named.length > 1 && mine !== 'adults') return useful.filter((value) => value !== 'adults');
  if (name !== 'minutes' || mine === '' || useful.includes(mine)) return useful;
  return [...useful, mine].sort((one, other) => Number(one) - Number(other));
}

/** `?q=comic&age=7-9`, empty without a question and choices. */
export function addressOf(choices: Choices, question = ''): string {
  const query = new URLSearchParams();
  if (question !== '') query.set('q', question);
  for (const name of filterNames) if (choices[name] !== '') query.set(name, choices[name]);
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** For each choice: the address without it, and how many lessons fit then. */
export function withoutEach(rows: readonly LessonRow[], choices: Choices, question = '') {
  return filterNames
    .filter((name) => choices[name] !== '')
    .map((name) => {
      const rest = { ...choices, [name]: '' };
      return { name, value: choices[name], address: addressOf(rest, question), count: matching(rows, rest).length };
    });
}
