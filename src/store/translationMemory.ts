import { setImmediate as breath } from 'node:timers/promises';
import type { Store } from '../commands/ports.ts';
import type { Edition, TranslationUnit } from '../domain/edition/edition.ts';
import type { LanguageCode } from '../domain/facts/fact.ts';
import { type MemoryEntry, MemoryIndex } from '../domain/memory/memoryIndex.ts';
import type { Segment } from '../domain/package/lessonPackage.ts';
import { textHash } from '../domain/release/canonical.ts';
import type { Hash, TextHash } from '../domain/release/release.ts';
import type { Instant } from '../domain/time.ts';
import { openEditions } from './editions.ts';
import { openReleases } from './releases.ts';
import type { Scope } from './scope.ts';
import { openUnits } from './units.ts';

/** So many languages are kept at once; the one asked for longest ago goes. */
export const mostLanguages = 6;
/** Units of one edition that are put in at most, its history included. */
const mostUnits = 500_000;

type Seen = {
  /** Changes with what changes many units at once: an update applied or undone. */
  readonly revision: number;
  /** The newest unit's. */
  readonly at: Instant;
  /** When it was read. */
  readonly readAt: Instant;
};
/** The memory of one language, and how far it has read each edition. */
export type LanguageMemory = {
  readonly index: MemoryIndex;
  readonly seen: Map<string, Seen>;
  /** By edition and segment: what stands there now, as far as is known. */
  readonly working: Map<string, MemoryEntry>;
  /** The last reading that was begun. */
  reading: Promise<void>;
};
const emptyMemory = (): LanguageMemory => ({
  index: new MemoryIndex(mostUnits),
  seen: new Map(),
  working: new Map(),
  reading: Promise.resolve(),
});
/** Every text that a release has brought, by its hash; releases that have been read, by their root. */
export type SourceTexts = {
  readonly texts: Map<TextHash, string>;
  readonly releases: Set<Hash>;
  readonly segments: WeakSet<Segment>;
};

export function openTranslationMemory(scope: Scope): Store['translationMemory'] {
  // What a transaction has written may never come to be: it is not read here.
  const outside: Scope = { ...scope, session: null, run: async (command) => command() };
  const { memory } = scope;
  return {
    async index(language, now) {
      const known = memory.languages.get(language);
      const found = known ?? emptyMemory();
      memory.languages.set(language, found);
      // One after another: a reading that began before somebody's save does not have it.
      const turn = found.reading.then(() => refresh(outside, language, found, now));
      found.reading = turn.catch(() => {});
      await turn;
      return found.index;
    },
  };
}

async function refresh(scope: Scope, language: LanguageCode, memory: LanguageMemory, now: Instant): Promise<void> {
  const [all, texts] = await Promise.all([openEditions(scope).all(), sourceTexts(scope)]);
  const editions = all.filter((edition) => edition.language === language);
  await Promise.all(editions.map((edition) => readEdition(scope, edition, memory, texts, now)));
}

/** Clocks of several processes differ a little, and a save takes its time. */
const overlap = 10_000;
/** Units that are taken in before others get their turn: a whole edition takes seconds. */
const atOnce = 50;

async function readEdition(
  scope: Scope,
  edition: Edition,
  memory: LanguageMemory,
  texts: ReadonlyMap<TextHash, string>,
  now: Instant,
): Promise<void> {
  const units = openUnits(scope);
  const seen = memory.seen.get(edition.tag);
  const whole = seen === undefined || seen.revision !== edition.revision;
  const found = whole ? await units.ofEdition(edition.tag) : await units.since(edition.tag, sinceWhen(seen));
  if (seen === undefined) {
    for (const past of otherWords(found, await units.pastOf(edition.tag))) putIn(memory, past, texts, 'history');
  }
  for (const [index, unit] of found.entries()) {
    await takeIn(scope, memory, unit, texts);
    if (index % atOnce === atOnce - 1) await breath();
  }
  if (whole) retireMissing(memory, edition.tag, new Set(found.map((unit) => unit.segment)));
  const newest = [seen?.at ?? '', ...found.map((unit) => unit.at)].sort().at(-1) ?? '';
  memory.seen.set(edition.tag, { revision: edition.revision, at: newest, readAt: now });
}

/** Of the earlier texts those that say something else than the working one, each once: a review leaves the words. */
function otherWords(working: readonly TranslationUnit[], past: readonly TranslationUnit[]): readonly TranslationUnit[] {
  const wordsOf = ({ segment, basedOn, target }: TranslationUnit) => `${segment} ${basedOn} ${target}`;
  const said = new Set(working.map(wordsOf));
  return past.filter((unit) => {
    const words = wordsOf(unit);
    if (said.has(words)) return false;
    said.add(words);
    return true;
  });
}

/** Strictly later than the newest known, if nothing of its moment can have been on its way when it was read. */
function sinceWhen({ at, readAt }: Seen): Instant {
  if (at === '' || Date.parse(readAt) - Date.parse(at) > overlap) return at;
  return new Date(Date.parse(at) - overlap).toISOString();
}

/** Puts a unit in; what stood there before becomes history. */
async function takeIn(
  scope: Scope,
  memory: LanguageMemory,
  unit: TranslationUnit,
  texts: ReadonlyMap<TextHash, string>,
): Promise<void> {
  const key = `${unit.edition}/${unit.segment}`;
  const before = memory.working.get(key);
  if (before !== undefined && before.revision === unit.revision && before.at === unit.at) return;
  if (before !== undefined) {
    replacePast(memory.index, before, unit.target);
    if (unit.revision > before.revision + 1) {
      const past = await openUnits(scope).history(unit.edition, unit.segment);
      const missed = past.filter((each) => each.at > before.at);
      for (const each of otherWords([unit], missed)) putIn(memory, each, texts, 'history');
    }
  }
  const entry = putIn(memory, unit, texts, 'working');
  if (entry !== null) memory.working.set(key, entry);
}

/** A review or a confirmation leaves the words: then the earlier entry says nothing new. */
function replacePast(index: MemoryIndex, before: MemoryEntry, target: string): void {
  index.remove(before);
  if (before.target !== target) index.put({ ...before, place: 'history' });
}

function retireMissing(memory: LanguageMemory, tag: string, there: ReadonlySet<string>): void {
  for (const [key, entry] of memory.working) {
    if (entry.edition !== tag || there.has(entry.segment)) continue;
    memory.working.delete(key);
    memory.index.put({ ...entry, place: 'history' });
  }
}

/** Null when no release knows the source, or when there is no text. */
function putIn(
  { index }: LanguageMemory,
  unit: TranslationUnit,
  texts: ReadonlyMap<TextHash, string>,
  place: MemoryEntry['place'],
): MemoryEntry | null {
  const source = texts.get(unit.basedOn);
  if (source === undefined || unit.target === '') return null;
  const { edition, segment, revision, target, state, at } = unit;
  const entry: MemoryEntry = { edition, segment, revision, source, target, state, at, place };
  index.put(entry);
  return entry;
}

/** Releases share most of their segments: each is looked at once. */
async function sourceTexts({ memory, ...scope }: Scope): Promise<ReadonlyMap<TextHash, string>> {
  const { texts, releases, segments } = memory.sources;
  const opened = openReleases({ memory, ...scope });
  for (const release of await opened.all()) {
    if (releases.has(release.root)) continue;
    for (const segment of Object.values((await opened.lessonPackage(release.number)).segments)) {
      if (segments.has(segment)) continue;
      segments.add(segment);
      texts.set(textHash(segment.text), segment.text);
    }
    releases.add(release.root);
  }
  return texts;
}
