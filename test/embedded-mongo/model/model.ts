import { type Collections, emptyCollection, hasKeys, type Index, inTheWay, type Touch } from './collection.ts';
import { applied, Desk, type Transaction, Unclear } from './desk.ts';
import { Failure } from './failure.ts';

/** All that the model knows: what is committed, and the transactions of the sessions. */
export class Model {
  #committed: Collections = new Map();
  /** Null: begun, but without a first command, from which its snapshot would be. */
  readonly #transactions = new Map<number, Transaction | null>();

  get committed(): Collections {
    return this.#committed;
  }

  begin(session: number): void {
    this.#transactions.set(session, null);
  }

  isOpen(session: number): boolean {
    return this.#transactions.has(session);
  }

  hasFailed(session: number): boolean {
    return this.#transactions.get(session)?.failed === true;
  }

  get open(): readonly number[] {
    return [...this.#transactions.keys()];
  }

  fail(session: number): void {
    const transaction = this.#transactions.get(session);
    if (transaction) this.#transactions.set(session, { ...transaction, touches: [], failed: true });
  }

  end(session: number): void {
    this.#transactions.delete(session);
  }

  commit(session: number): void {
    const transaction = this.#transactions.get(session);
    this.#transactions.delete(session);
    if (!transaction) return;
    for (const [name] of transaction.view) {
      if (!this.#committed.has(name)) this.#committed = new Map([...this.#committed, [name, emptyCollection]]);
    }
    this.#commit(transaction.touches);
  }

  #commit(touches: readonly Touch[]): void {
    this.#committed = applied(this.#committed, touches);
    for (const [session, other] of this.#transactions) {
      if (other) this.#transactions.set(session, { ...other, foreign: [...other.foreign, ...touches] });
    }
  }

  /** The collection as a session sees it; begins its transaction at the first command. */
  desk(session: number, name: string, writes: boolean): Desk {
    const begun = this.#transactions.get(session);
    if (begun === null) {
      this.#transactions.set(session, { view: this.#committed, touches: [], foreign: [], failed: false });
    }
    const own = this.#transactions.get(session) ?? null;
    const others = [...this.#transactions].flatMap(([each, other]) => (each !== session && other ? [other] : []));
    const isThere = this.#committed.has(name);
    if (!isThere && others.some(({ view }) => view.has(name))) throw new Unclear();
    // A collection that comes into being beside a transaction is there or not, as MongoDB likes.
    if (own === null && !isThere && writes && others.length > 0) throw new Unclear();
    if (own !== null && isThere !== own.view.has(name) && (isThere || own.touches.length === 0)) throw new Unclear();
    return new Desk(name, own?.view ?? this.#committed, own, others);
  }

  /** Takes in what a command did. */
  apply(session: number, collection: string, touches: readonly Touch[]): void {
    const real = touches.filter(({ before, after }) => before !== after);
    const own = this.#transactions.get(session);
    if (own) {
      const view = applied(own.view, real);
      this.#transactions.set(session, { ...own, view, touches: [...own.touches, ...real] });
    } else {
      if (touches.length > 0 && !this.#committed.has(collection)) this.createCollection(collection);
      this.#commit(real);
    }
  }

  createCollection(name: string): void {
    if (!this.#committed.has(name)) this.#committed = new Map([...this.#committed, [name, emptyCollection]]);
  }

  drop(name: string): void {
    this.#committed = new Map([...this.#committed].filter(([each]) => each !== name));
  }

  /** Throws 171 or 11000 where the documents do not allow the index. */
  createIndex(name: string, index: Index): void {
    const collection = this.#committed.get(name) ?? emptyCollection;
    const { documents } = collection;
    const parallel = documents.filter((each) => !hasKeys(index, each));
    const twice = documents.some((each, at) => {
      if (!index.unique || parallel.includes(each)) return false;
      const before = documents.slice(0, at).filter((other) => !parallel.includes(other));
      return inTheWay([index], each, before) !== null;
    });
    if (parallel.length > 0) throw new Failure(171, twice ? 11000 : null);
    if (twice) throw new Failure(11000);
    this.#committed = new Map([...this.#committed, [name, { ...collection, indexes: [...collection.indexes, index] }]]);
  }

  dropIndex(name: string, index: string): void {
    const collection = this.#committed.get(name);
    if (collection === undefined) return;
    const indexes = collection.indexes.filter((each) => each.name !== index);
    this.#committed = new Map([...this.#committed, [name, { ...collection, indexes }]]);
  }
}
