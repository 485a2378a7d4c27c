import { bands } from '../../domain/package/lessonPackage.ts';
import { type EditionFileKind, editionExtension, editionSavedName } from '../../formats/files/editionFile.ts';
import { addresses } from '../addresses.ts';
import { type Choices, type Filter, matching, noChoices, optionsOf, withoutEach } from '../filters.ts';
import { editionFrame } from '../frame.ts';
import { frameLanguage, type Words } from '../languages.ts';
import type { EditionFacts, LessonRow } from '../pointer.ts';
import { standingView } from './lessonView.ts';

type T = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** The words of one choice: `Ages 7 to 9`, `Up to 40 minutes`. */
function choiceWords(t: T, name: Filter, value: string): string {
  if (name === 'age') {
    const [from, to] = value.split('-').map(Number);
    return value === 'adults' ? t('public:edition.adults') : t('public:edition.ages', { from, to });
  }
  if (name === 'minutes') return t('public:edition.upTo', { count: Number(value), n: Number(value) });
  return name === 'topic' ? t(`public:topic.${value}`) : t('public:edition.noScreen');
}

function rowView(facts: EditionFacts, t: T, row: LessonRow) {
  return {
    ...row,
    href: addresses.lesson(facts.tag, row.lesson),
    topicText: t(`public:topic.${row.topics[0] ?? 'trust'}`),
    noScreen: row.screens === 'none',
  };
}

/** Rows under the large ages of their band, in teaching order. */
function bandsOf(facts: EditionFacts, t: T, rows: readonly LessonRow[]) {
  return bands.flatMap((band) => {
    const inBand = rows.filter((row) => row.band === band);
    const ages = inBand[0]?.ages ?? null;
    if (inBand.length === 0) return [];
    return [
      {
        band,
        ages: ages && { from: ages[0], to: ages[1] },
        count: inBand.length,
        rows: inBand.map((row) => rowView(facts, t, row)),
      },
    ];
  });
}

/** The head page of an edition, whole or filtered. */
export function editionView(facts: EditionFacts, words: Words, choices: Choices = noChoices) {
  const frame = editionFrame(facts, facts.help, 'lessons');
  const language = frameLanguage(facts.language);
  const t: T = (key, values) => words(language, key, values);
  const found = matching(facts.rows, choices);
  const here = addresses.edition(facts.tag);
  const select = (name: Filter) => ({
    name,
    chosen: choices[name],
    label: t(`public:edition.filter.${name}`),
    any: t(`public:edition.any.${name}`),
    options: optionsOf(facts.rows, choices, name).map((value) => ({
      value,
      words: choiceWords(t, name, value),
      selected: value === choices[name],
    })),
  });
  const chips = withoutEach(facts.rows, choices).map((chip) => ({
    ...chip,
    words: choiceWords(t, chip.name, chip.value),
    href: here + chip.address,
  }));
  const ages = facts.rows.flatMap((row) => row.ages ?? []);
  const data = {
    facts,
    here,
    range: ages.length > 0 ? { from: Math.min(...ages), to: Math.max(...ages) } : null,
    forChildren: facts.rows.filter((row) => row.ages).length,
    forAdults: facts.rows.filter((row) => !row.ages).length,
    standing: standingView(facts.standing),
    stream: streamOf(facts),
    selects: (['age', 'minutes', 'topic'] as const).map(select),
    noScreenOffered: optionsOf(facts.rows, choices, 'screens').length > 0,
    noScreen: choices.screens === 'none',
    chips,
    filtered: chips.length > 0,
    found: found.length,
    total: facts.rows.length,
    groups: bandsOf(facts, t, found),
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
