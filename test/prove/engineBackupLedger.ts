import { hash } from 'node:crypto';
import { BSON } from 'mongodb';
import { randomFrom } from './evidence.ts';

export const accounts = 20;
export const balanceAtFirst = 1000;
/** So many entries each client lets live, that a long run does not grow for ever. */
const alive = 300;

export type Entry = {
  readonly _id: string;
  readonly client: number;
  readonly n: number;
  readonly text: string;
  readonly tags: readonly string[];
  readonly rev: number;
};
export type Transfer = {
  readonly _id: string;
  readonly client: number;
  readonly from: number;
  readonly to: number;
  readonly amount: number;
};

/** One write of a client. A transfer is a transaction of three writes, a deletion one command on two documents. */
export type Operation =
  | { readonly kind: 'insert'; readonly entry: Entry }
  | { readonly kind: 'update'; readonly id: string; readonly rev: number }
  | { readonly kind: 'delete'; readonly ids: readonly string[] }
  | { readonly kind: 'transfer'; readonly transfer: Transfer };

/** What client `client` does as its write number `k`, from 0: both who writes and who judges know it. */
export function operationOf(seed: number, client: number, k: number): Operation {
  const random = randomFrom(seed + client * 1_000_003 + k * 7919);
  const below = (limit: number) => Math.floor(random() * limit);
  switch (k % 5) {
    case 2: {
      const from = below(accounts);
      const to = (from + 1 + below(accounts - 1)) % accounts;
      return { kind: 'transfer', transfer: { _id: `${client}-${k}`, client, from, to, amount: 1 + below(9) } };
    }
    case 3:
      return { kind: 'update', id: `${client}-${k - 2}`, rev: k };
    case 4:
      return { kind: 'delete', ids: [k - 4 - alive, k - 3 - alive].map((n) => `${client}-${n}`) };
    default: {
      const tags = Array.from({ length: below(4) }, () => `tag ${below(50)}`);
      const text = `${below(1000)} `.repeat(1 + below(300));
      return { kind: 'insert', entry: { _id: `${client}-${k}`, client, n: k, text, tags, rev: 0 } };
    }
  }
}

const size = 2n ** 256n;
export const digestOf = (bytes: Uint8Array): bigint => BigInt(`0x${hash('sha256', bytes, 'hex')}`);
export const plus = (one: bigint, other: bigint): bigint => (one + other + size) % size;
export const spelled = (sum: bigint): string => sum.toString(16).padStart(64, '0');

/** What one client's writes have made, after the first `done` of them. */
export class ClientLedger {
  done = 0;
  /** Sums of SHA-256 of all documents. */
  entries = 0n;
  transfers = 0n;
  readonly balances = new Map<number, number>();
  readonly #seed: number;
  readonly #client: number;
  readonly #live = new Map<string, { readonly entry: Entry; readonly digest: bigint }>();

  constructor(seed: number, client: number) {
    this.#seed = seed;
    this.#client = client;
  }

  /** Takes the next write into the account. */
  advance(): void {
    const operation = operationOf(this.#seed, this.#client, this.done);
    this.done++;
    if (operation.kind === 'insert') this.#put(operation.entry);
    else if (operation.kind === 'delete') for (const id of operation.ids) this.#drop(id);
    else if (operation.kind === 'update') {
      const known = this.#live.get(operation.id);
      if (!known) throw new Error(`the ledger does not know ${operation.id}`);
      this.#drop(operation.id);
      this.#put({ ...known.entry, rev: operation.rev });
    } else {
      const { transfer } = operation;
      this.transfers = plus(this.transfers, digestOf(BSON.serialize(transfer)));
      this.#move(transfer.from, -transfer.amount);
      this.#move(transfer.to, transfer.amount);
    }
  }

  #put(entry: Entry): void {
    const digest = digestOf(BSON.serialize(entry));
    this.#live.set(entry._id, { entry, digest });
    this.entries = plus(this.entries, digest);
  }

  #drop(id: string): void {
    const known = this.#live.get(id);
    if (known) this.entries = plus(this.entries, -known.digest);
    this.#live.delete(id);
  }

  #move(account: number, amount: number): void {
    this.balances.set(account, (this.balances.get(account) ?? 0) + amount);
  }
}

/** The hash of all accounts, after what every client has moved between them. */
export function accountsHash(ledgers: readonly ClientLedger[]): string {
  let sum = 0n;
  for (let account = 0; account < accounts; account++) {
    const moved = ledgers.reduce((all, ledger) => all + (ledger.balances.get(account) ?? 0), 0);
    sum = plus(sum, digestOf(BSON.serialize({ _id: account, balance: balanceAtFirst + moved })));
  }
  return spelled(sum);
}
