import { show } from './bson.ts';
import {
  type Collection,
  type Collections,
  emptyCollection,
  idOf,
  inTheWay,
  type Touch,
  withTouch,
} from './collection.ts';
import { Failure } from './failure.ts';
import { equal, type Fields, nil } from './value.ts';

/** MongoDB would wait, or may answer this way or that: the transactions that are open have to end first. */
export class Unclear extends Error {}

/** A transaction of a session: what it sees, what it did, and what others did since it began. */
export type Transaction = {
  readonly view: Collections;
  readonly touches: readonly Touch[];
  readonly foreign: readonly Touch[];
  /** A statement failed: the server has ended it. */
  readonly failed: boolean;
};

/** One collection as one writer sees it, with everybody who may stand in its way. */
export class Desk {
  readonly name: string;
  readonly #collection: Collection;
  readonly #own: Transaction | null;
  readonly #rivals: readonly Touch[];

  constructor(name: string, view: Collections, own: Transaction | null, others: readonly Transaction[]) {
    this.name = name;
    this.#collection = view.get(name) ?? emptyCollection;
    this.#own = own;
    const rivals = [...others.flatMap(({ touches }) => touches), ...(own?.foreign ?? [])];
    this.#rivals = rivals.filter(({ collection }) => collection === name);
  }

  get documents(): readonly Fields[] {
    return this.#collection.documents;
  }

  isSame({ before, after }: Touch): boolean {
    return before !== null && after !== null && show(before) === show(after);
  }

  /** Throws what MongoDB would answer to one change: 171, 11000, 112; or Unclear. */
  check(touch: Touch, documents: readonly Fields[] = this.documents): void {
    const met = this.#rivals.some(({ id }) => equal(id, touch.id));
    const others = documents.filter((each) => touch.before === null || !equal(idOf(each), touch.id));
    this.#checkKeys(touch.after, others, met);
    if (!met) return;
    if (this.#own === null) throw new Unclear();
    throw new Failure(112);
  }

  /** The same for a document that will get its `_id` from the server. */
  checkNew(document: Fields): void {
    this.#checkKeys(document, this.documents, false);
  }

  #checkKeys(after: Fields | null, others: readonly Fields[], met: boolean): void {
    if (after === null) return;
    // A document that still has no _id meets nobody by it.
    const indexes = this.#collection.indexes.filter(({ name }) => name !== '_id_' || !equal(idOf(after), nil));
    let way: Fields | null;
    try {
      way = inTheWay(indexes, after, others);
    } catch (error) {
      throw met ? new Unclear() : error;
    }
    const rival = (document: Fields): boolean => this.#rivals.some(({ id }) => equal(id, idOf(document)));
    if (way !== null) throw met || rival(way) ? new Unclear() : new Failure(11000);
    const others2 = (end: 'before' | 'after'): Fields[] =>
      this.#rivals.flatMap((each) => (each[end] === null || equal(each.id, idOf(after)) ? [] : [each[end]]));
    if (inTheWay(indexes, after, others2('before')) !== null) throw new Unclear();
    if (inTheWay(indexes, after, others2('after')) === null) return;
    throw this.#own === null ? new Unclear() : new Failure(112);
  }

  /** Whether a change could collide with the others of the same command, whichever comes first. */
  meets(touch: Touch | Failure | null, touches: readonly Touch[]): boolean {
    if (touch === null || touch instanceof Failure || touch.after === null) return false;
    const others = touches.filter((each) => !equal(each.id, touch.id)).flatMap(({ after }) => after ?? []);
    return inTheWay(this.#collection.indexes, touch.after, others) !== null;
  }
}

export const applied = (collections: Collections, touches: readonly Touch[]): Collections =>
  touches.reduce(withTouch, collections);
