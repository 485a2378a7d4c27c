import type { LessonPackage, SegmentId } from '../domain/package/lessonPackage.ts';
import type { Hash, Release, SegmentRevision } from '../domain/release/release.ts';
import { type LanguageMemory, mostLanguages, type SourceTexts } from './translationMemory.ts';

export type History = Readonly<Record<SegmentId, readonly SegmentRevision[]>>;
/** A package with its objects by hash: the next package to be read shares most of them. */
export type RememberedPackage = { readonly lessonPackage: LessonPackage; readonly objects: ReadonlyMap<Hash, object> };

/** What never changes once written, remembered by what identifies it. One for each open store. */
export type Memory = {
  readonly packages: Recent<Hash, RememberedPackage>;
  /** By root: a number alone could come back with other content after a restore. */
  readonly releases: Map<Hash, Release>;
  /** Every release there is, as long as this is the newest. */
  all: { readonly upTo: string; readonly releases: readonly Release[] } | null;
  history: { readonly upTo: string; readonly history: History } | null;
  /** What editions have made of the baseline's texts, by language. */
  readonly languages: Recent<string, LanguageMemory>;
  readonly sources: SourceTexts;
};

export function createMemory(): Memory {
  return {
    packages: new Recent(8),
    releases: new Map(),
    all: null,
    history: null,
    languages: new Recent(mostLanguages),
    sources: { texts: new Map(), releases: new Set(), segments: new WeakSet() },
  };
}

/** Keeps the few values that were asked for last. */
export class Recent<Key, Value> {
  readonly #most: number;
  readonly #values = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: Key): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#most) break;
      this.#values.delete(oldest);
    }
  }

  values(): readonly Value[] {
    return [...this.#values.values()];
  }
}

/** What is remembered is shared by everybody who asks, so nobody may change it. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
