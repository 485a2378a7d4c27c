import type { EditionTag, UnitState } from '../edition/edition.ts';
import type { SegmentId } from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';
import { Candidates } from './candidates.ts';
import { Alphabet, likeness, likenessLimit } from './similarity.ts';

/** A text of an edition with the source that it was made from. */
export type MemoryEntry = {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly revision: number;
  readonly source: string;
  readonly target: string;
  readonly state: UnitState;
  readonly at: Instant;
  /** `history`: a later text has taken its place, or the segment is gone. */
  readonly place: 'working' | 'history';
};

export type MemoryMatch = { readonly entry: MemoryEntry; readonly percent: number };

export type MemoryQuestion = {
  readonly source: string;
  /** Its own texts come before those of its sisters. */
  readonly edition: EditionTag;
  readonly limit: number;
  /** In per cent; 60 by default. */
  readonly threshold?: number;
  /** Targets that are not offered: the text that is in the field already. */
  readonly without?: readonly string[];
};

/** Below this a match costs more than it saves. */
export const leastLikeness = 60;
/** How many texts are compared letter by letter for one question. */
const mostCompared = 128;

type Slot = { readonly text: string; readonly entries: Map<string, MemoryEntry> };

export type EntryKey = Pick<MemoryEntry, 'edition' | 'segment' | 'revision' | 'at'>;
// A unit that was taken out and comes back begins at revision 1 again.
const keyOf = (entry: EntryKey): string => `${entry.edition}/${entry.segment}/${entry.at}/${entry.revision}`;

/**
 * A translation memory: what editions have made of the same or a similar source. Texts are put in and taken out one by one;
 * the answer to a question depends on what is in it, not on the way it came in. Never holds more than `most` entries.
 */
export class MemoryIndex {
  readonly #most: number;
  #alphabet = new Alphabet();
  #candidates = new Candidates();
  #slots: Slot[] = [];
  readonly #slotOf = new Map<string, Slot>();
  readonly #entries = new Map<string, { readonly entry: MemoryEntry; readonly slot: Slot }>();
  #letters = 0;

  constructor(most = 500_000) {
    this.#most = most;
  }

  /** Puts an entry in, or in place of the one of the same revision. False when there is no room. */
  put(entry: MemoryEntry): boolean {
    const key = keyOf(entry);
    const known = this.#entries.get(key);
    if (known === undefined && this.#entries.size >= this.#most) return false;
    if (known !== undefined) this.remove(entry);
    const text = this.#alphabet.comparable(entry.source);
    const slot = this.#slotOf.get(text) ?? this.#newSlot(text);
    slot.entries.set(key, entry);
    this.#entries.set(key, { entry, slot });
    this.#letters += entry.target.length + entry.source.length;
    return true;
  }

  remove(entry: EntryKey): void {
    const key = keyOf(entry);
    const known = this.#entries.get(key);
    if (known === undefined) return;
    this.#entries.delete(key);
    known.slot.entries.delete(key);
    this.#letters -= known.entry.target.length + known.entry.source.length;
    if (known.slot.entries.size > 0) return;
    // Its number stays behind in the lists until they are made anew.
    this.#slotOf.delete(known.slot.text);
    if (this.#slots.length > 1000 && this.#slotOf.size < this.#slots.length / 2) this.#rebuild();
  }

  #newSlot(text: string): Slot {
    const slot: Slot = { text, entries: new Map() };
    this.#slotOf.set(text, slot);
    this.#slots.push(slot);
    this.#candidates.add(text);
    return slot;
  }

  #rebuild(): void {
    this.#slots = [...this.#slotOf.values()];
    this.#candidates = new Candidates();
    for (const slot of this.#slots) this.#candidates.add(slot.text);
  }

  /**
   * The best matches, best first: by per cent, then what a second person has read, then what stands in an edition now, then
   * the edition's own, then the newest. A target is offered once. Of a large memory only the texts that share most triples
   * of letters are compared; what is 80 per cent alike is among them.
   */
  lookup(question: MemoryQuestion): readonly MemoryMatch[] {
    const { source, threshold = leastLikeness, limit, without = [] } = question;
    const text = this.#alphabet.comparable(source);
    if (text === '') return [];
    const seen = new Set(without);
    const found: MemoryMatch[] = [];
    for (const { slot, percent } of this.#similar(text, threshold)) {
      const entries = [...slot.entries.values()].sort(before(question.edition));
      for (const entry of entries) found.push({ entry, percent });
    }
    found.sort((one, other) => other.percent - one.percent || before(question.edition)(one.entry, other.entry));
    return found
      .filter(({ entry }) => {
        if (seen.has(entry.target)) return false;
        seen.add(entry.target);
        return true;
      })
      .slice(0, limit);
  }

  #similar(text: string, threshold: number): readonly { readonly slot: Slot; readonly percent: number }[] {
    const exact = this.#slotOf.get(text);
    const found = exact === undefined ? [] : [{ slot: exact, percent: 100 }];
    const few = this.#slotOf.size <= mostCompared;
    const near = few ? this.#slotOf.values() : this.#candidates.of(text, mostCompared).map((id) => this.#slots[id]);
    for (const slot of near) {
      if (slot === undefined || slot === exact || slot.entries.size === 0) continue;
      if (likenessLimit(text.length, slot.text.length) < threshold) continue;
      const percent = likeness(text, slot.text);
      if (percent >= threshold) found.push({ slot, percent });
    }
    return found;
  }

  /** Everything in it, in the order in which it came. */
  *entries(): Iterable<MemoryEntry> {
    for (const { entry } of this.#entries.values()) yield entry;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** About how many bytes it takes. */
  get bytes(): number {
    return this.#letters * 2 + this.#entries.size * 400 + this.#slots.length * 300 + this.#candidates.bytes;
  }
}

const standing: Readonly<Record<UnitState, number>> = { final: 0, reviewed: 0, translated: 1, initial: 2 };

const before =
  (edition: EditionTag) =>
  (one: MemoryEntry, other: MemoryEntry): number =>
    standing[one.state] - standing[other.state] ||
    Number(one.place === 'history') - Number(other.place === 'history') ||
    Number(one.edition !== edition) - Number(other.edition !== edition) ||
    compare(other.at, one.at) ||
    compare(keyOf(one), keyOf(other));

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
