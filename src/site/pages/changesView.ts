import type { InterfaceLanguage } from '../../domain/access/access.ts';
import type { Told, Touched } from '../../formats/page/told.ts';
import { addresses } from '../addresses.ts';
import { atomFeed, type FeedLine, feedId } from '../atom.ts';
import type { ChangedLesson, PublicationChange, WaitingChange } from '../editionChanges.ts';
import { editionFrame, plainFrame } from '../frame.ts';
import { dateInWords, directionOf, frameLanguage, numberInWords, type Words } from '../languages.ts';
import type { BaselineHistory, EditionFacts } from '../pointer.ts';
import { standingView } from './lessonView.ts';

/** `/{edition}/changes`: what waits, then what every publication brought. */
export function changesView(
  facts: EditionFacts,
  changes: readonly PublicationChange[],
  waiting: readonly WaitingChange[],
) {
  const data = {
    facts,
    standing: standingView(facts.standing),
    waiting,
    publications: changes,
    feedHref: addresses.feed(facts.tag),
    editionHref: addresses.edition(facts.tag),
    baselineHref: addresses.baselineChanges,
  };
  return { frame: editionFrame(facts, facts.help, 'lessons'), data };
}

/** What a change is, as plain text: see the partial `told`. */
function toldLines(facts: EditionFacts, words: Words, { own, source, touched }: Told): readonly FeedLine[] {
  const language = frameLanguage(facts.language);
  if (own !== null) return [{ text: own, ...spoken(facts.language, language) }];
  if (source !== null) return [{ text: source.summary, ...spoken('en', language) }];
  return touched === null ? [] : [{ text: touchedWords(language, words, touched) }];
}

const spoken = (text: string, feed: string): Pick<FeedLine, 'language'> =>
  text.split('-')[0] === feed ? {} : { language: text };

function touchedWords(language: InterfaceLanguage, words: Words, { places, parts }: Touched): string {
  const t = (key: string): string => words(language, `public:lesson.${key}`);
  const named = [
    ...places.map(({ number, title }) => (number === null ? title : `${numberInWords(language, number)}. ${title}`)),
    ...parts.map((part) => t(part === 'lead' ? 'leadPart' : part)),
  ];
  return named.length === 0 ? t('touchedGone') : `${t('touched')} ${named.join(words(language, 'public:comma'))}`;
}

/** The same for feed readers. */
export function changesFeed(
  facts: EditionFacts,
  changes: readonly PublicationChange[],
  words: Words,
  base: string | null,
): string {
  const language = frameLanguage(facts.language);
  const t = (key: string, values = {}): string => words(language, `freshness:${key}`, values);
  const frame = editionFrame(facts, facts.help, null);
  const name = words(language, 'public:edition.title', { country: frame.edition?.inSentence ?? facts.country });
  const lineOf = ({ lesson, title, kind, sets }: ChangedLesson): readonly FeedLine[] => [
    { text: t(`lesson.${sets.length === 0 && kind === 'changed' ? 'own' : kind}`, { lesson, title: title ?? '' }) },
    ...sets.flatMap((set): FeedLine[] => [
      { text: t('set', { severity: words(language, `public:sign.${set.severity}`), release: set.release }) },
      ...toldLines(facts, words, set),
    ]),
  ];
  const first = changes.at(-1);
  return atomFeed({
    id: feedId('edition', facts.tag),
    title: t('feedTitle', { name }),
    language,
    dir: directionOf(language),
    author: name,
    self: addresses.feed(facts.tag),
    page: addresses.changes(facts.tag),
    base,
    begun: first?.at ?? `${facts.publication.on}T00:00:00Z`,
    entries: changes.map((change) => ({
      id: feedId('publication', facts.tag, String(change.number), change.root),
      title: t('publication', { number: change.number, date: dateInWords(language, change.on) }),
      updated: change.at,
      href: `${addresses.changes(facts.tag)}#p${change.number}`,
      severity: change.severity,
      lines: change.first
        ? [{ text: t('first') }]
        : [...(change.factsOnly ? [{ text: t('factsOnly') }] : []), ...change.lessons.flatMap(lineOf)],
    })),
  });
}

const newestFirst = (history: BaselineHistory) => history.releases.toReversed();

/** `/baseline/changes`: every release with its sets. The baseline speaks English; the words around it the reader's. */
export function baselineView(history: BaselineHistory, language: InterfaceLanguage) {
  const data = {
    releases: newestFirst(history),
    feedHref: addresses.baselineFeed,
    coverageHref: addresses.coverage,
  };
  return { frame: plainFrame(language, null), data };
}

/** The releases for feed readers, in the baseline's own language. */
export function baselineFeed(history: BaselineHistory, words: Words, base: string | null): string {
  const t = (key: string, values = {}): string => words('en', `freshness:${key}`, values);
  const day = (on: string): string => `${on}T00:00:00Z`;
  return atomFeed({
    id: feedId('baseline', history.releases[0]?.root ?? ''),
    title: t('baseline.title'),
    language: 'en',
    dir: 'ltr',
    author: 'Headwater',
    self: addresses.baselineFeed,
    page: addresses.baselineChanges,
    base,
    begun: day(history.releases[0]?.on ?? '1970-01-01'),
    entries: newestFirst(history).map((release) => ({
      id: feedId('release', release.root),
      title: t('baseline.release', { release: release.number }),
      updated: day(release.on),
      href: `${addresses.baselineChanges}#r${release.number}`,
      severity: release.severity,
      lines: [
        { text: release.summary },
        ...release.sets.flatMap((set) => [
          { text: `${words('en', `public:sign.${set.severity}`)}: ${set.title}` },
          { text: set.summary },
          ...(set.due === null ? [] : [{ text: t('baseline.due', { date: dateInWords('en', set.due) }) }]),
        ]),
      ],
    })),
  });
}
