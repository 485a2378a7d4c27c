import { adultKinds, bands } from '../../domain/package/lessonPackage.ts';
import { type EditionFileKind, editionExtension, editionSavedName } from '../../formats/files/editionFile.ts';
import { addresses } from '../addresses.ts';
import { addressOf, type Choices, type Filter, matching, noChoices, optionsOf, withoutEach } from '../filters.ts';
import { editionFrame } from '../frame.ts';
import { frameLanguage, type Words } from '../languages.ts';
import { type EditionFacts, fileFormats, type LessonRow } from '../pointer.ts';
import { type Answered, longestQuestion } from '../question.ts';
import { standingView } from './lessonView.ts';
import { marksOf, mostResults } from './resultsView.ts';

type T = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The words of one choice: `Ages 7 to 9`, `Up to 40 minutes`. */
function choiceWords(t: T, name: Filter, value: string): string {
  if (name === 'age') {
    const [from, to] = value.split('-').map(Number);
    if (value === 'adults') return t('public:edition.adults');
    return isAdultKind(value) ? t(`public:edition.${value}`) : t('public:edition.ages', { from, to });
  }
  if (name === 'minutes') return t('public:edition.upTo', { count: Number(value), n: Number(value) });
  if (name === 'screens') return t('public:edition.noScreen');
  return t(name === 'topic' ? `public:topic.${value}` : `public:edition.format.${value}`);
}

const isAdultKind = (value: string): boolean => adultKinds.some((kind) => kind === value);
const isFile = (value: string): boolean => fileFormats.some((format) => format === value);

/** Who asks for a form of file finds that one in the row, instead of the pack to print. */
function rowView(facts: EditionFacts, t: T, row: LessonRow, format: string) {
  const asked = row.files?.find((file) => file.format === format && format !== 'pdf');
  return {
    ...row,
    asked: asked && { ...asked, word: asked.format.toUpperCase() },
    href: addresses.lesson(facts.tag, row.lesson),
    topicText: t(`public:topic.${row.topics[0] ?? 'trust'}`),
    noScreen: row.screens === 'none',
  };
}

type RowOf = (row: LessonRow) => ReturnType<typeof rowView>;

/** The lessons that were found, best first, each with its reason; only as many as one page holds. */
function resultsOf(rowOf: RowOf, t: T, rows: readonly LessonRow[], answered: Answered) {
  if (answered.kind !== 'asked' || answered.found === null) return null;
  const { found, text, language } = answered;
  const byLesson = new Map(rows.map((row) => [row.lesson, row]));
  const fitting = found.hits.flatMap((hit) => {
    const row = byLesson.get(hit.lesson);
    return row ? [{ hit, row }] : [];
  });
  return {
    text,
    closeness: found.closeness,
    more: Math.max(0, fitting.length - mostResults),
    shown: mostResults,
    rows: fitting.slice(0, mostResults).map(({ hit, row }) => ({
      ...rowOf(row),
      ...marksOf(row, hit, language),
      agesText: row.ages
        ? t('public:edition.ages', { from: row.ages[0], to: row.ages[1] })
        : t('public:edition.adults'),
    })),
  };
}

/** Rows under the large ages of their band, in teaching order. */
function bandsOf(facts: EditionFacts, rowOf: RowOf, rows: readonly LessonRow[]) {
  return bands.flatMap((band) => {
    const inBand = rows.filter((row) => row.band === band);
    const ages = inBand[0]?.ages ?? null;
    if (inBand.length === 0) return [];
    return [
      {
        band,
        ages: ages && { from: ages[0], to: ages[1] },
        count: inBand.length,
        planHref: addresses.plan(facts.tag, band),
        rows: inBand.map(rowOf),
      },
    ];
  });
}

type OptionGroup = { readonly label: string | null; readonly values: readonly string[] };

/** What a lesson comes with, then the forms that its files come in; other choices stand in one group without a name. */
function grouped(name: Filter, values: readonly string[]): readonly OptionGroup[] {
  const groups: readonly OptionGroup[] =
    name === 'format'
      ? [
          { label: 'public:edition.materials', values: values.filter((value) => !isFile(value)) },
          { label: 'public:edition.files', values: values.filter(isFile) },
        ]
      : [{ label: null, values }];
  return groups.filter((group) => group.values.length > 0);
}

/** The head page of an edition: whole, filtered, or what a search found. */
export function editionView(
  facts: EditionFacts,
  words: Words,
  choices: Choices = noChoices,
  answered: Answered = { kind: 'none' },
  searchable = true,
) {
  const frame = editionFrame(facts, facts.help, 'lessons');
  const language = frameLanguage(facts.language);
  const t: T = (key, values) => words(language, key, values);
  const question = answered.kind === 'asked' ? answered.text : '';
  const hits =
    answered.kind === 'asked' && answered.found ? new Set(answered.found.hits.map(({ lesson }) => lesson)) : null;
  const among = hits ? facts.rows.filter(({ lesson }) => hits.has(lesson)) : facts.rows;
  const found = matching(among, choices);
  // Where nothing was found, what was chosen stays choosable.
  const offered = found.length > 0 ? among : facts.rows;
  const here = addresses.edition(facts.tag);
  const rowOf: RowOf = (row) => rowView(facts, t, row, choices.format);
  const select = (name: Filter) => ({
    name,
    chosen: choices[name],
    label: t(`public:edition.filter.${name}`),
    any: t(`public:edition.any.${name}`),
    groups: grouped(name, optionsOf(offered, choices, name)).map(({ label, values }) => ({
      label: label && t(label),
      options: values.map((value) => ({
        value,
        words: choiceWords(t, name, value),
        selected: value === choices[name],
      })),
    })),
  });
  const chosen = withoutEach(among, choices, question).map((chip) => ({
    count: chip.count,
    words: choiceWords(t, chip.name, chip.value),
    href: here + chip.address,
  }));
  const typed = { count: matching(facts.rows, choices).length, words: question, href: here + addressOf(choices) };
  const chips = hits ? [typed, ...chosen] : chosen;
  const ages = facts.rows.flatMap((row) => row.ages ?? []);
  const data = {
    facts,
    here,
    range: ages.length > 0 ? { from: Math.min(...ages), to: Math.max(...ages) } : null,
    forChildren: facts.rows.filter((row) => row.ages).length,
    forAdults: facts.rows.filter((row) => !row.ages).length,
    changesHref: addresses.changes(facts.tag),
    feedHref: addresses.feed(facts.tag),
    standing: standingView(facts.standing),
    stream: streamOf(facts),
    searchable,
    question,
    longestQuestion,
    results: resultsOf(rowOf, t, found, answered),
    tooLong: answered.kind === 'tooLong',
    noWord: answered.kind === 'asked' && answered.found === null,
    selects: (['age', 'minutes', 'topic', 'format'] as const).map(select).filter(({ groups }) => groups.length > 0),
    noScreenOffered: optionsOf(offered, choices, 'screens').length > 0,
    noScreen: choices.screens === 'none',
    chips,
    filtered: chips.length > 0 || answered.kind !== 'none',
    found: found.length,
    total: facts.rows.length,
    groups: hits ? [] : bandsOf(facts, rowOf, found),
    drops: found.length === 0 ? chips.filter(({ count }) => count > 0) : [],
    files: facts.files.map((file) => ({ ...file, format: formatOf(file.kind) })),
    sums: facts.files.flatMap(({ kind, sha256 }) =>
      sha256 === null ? [] : [{ name: editionSavedName(kind, facts.tag, facts.publication.number), sha256 }],
    ),
    gone: facts.gone.map((each) => ({ ...each, href: addresses.lesson(facts.tag, each.lesson) })),
  };
  return { frame, data };
}

const formatOf = (kind: EditionFileKind): string => editionExtension(kind).toUpperCase();

/** The last four releases; the edition leaves at the one where it stands, or above them all. */
function streamOf(facts: EditionFacts) {
  const last = facts.releases.slice(-4);
  const at = last.findIndex(({ number }) => number === facts.standing.release);
  return { releases: last.map((release, place) => ({ ...release, here: place === at })), before: at === -1 };
}
