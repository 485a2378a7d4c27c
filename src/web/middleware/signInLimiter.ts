import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../../domain/errors.ts';

/** Counts tries at the door. `email` is normalised: trimmed, lower case. */
export type SignInLimiter = {
  /** Counts one try from this address for this account; throws `tooManyTries` when there were too many. */
  readonly count: (email: string, address: string) => Promise<void>;
  /** The password was right: the account starts from nothing, and its owner is known at this address. */
  readonly welcome: (email: string, address: string) => Promise<void>;
};

type Counter = Pick<RateLimiterMemory, 'consume' | 'delete' | 'get'>;
type Counters = { readonly account: Counter; readonly address: Counter; readonly known: Counter };

const settings = {
  account: { keyPrefix: 'sign-in-account', points: 10, duration: 15 * 60 },
  address: { keyPrefix: 'sign-in-address', points: 100, duration: 15 * 60 },
  known: { keyPrefix: 'sign-in-known', points: Number.MAX_SAFE_INTEGER, duration: 20 * 24 * 60 * 60 },
} as const;

async function consume(counter: Counter, key: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    throw new DomainError('tooManyTries', { minutes: Math.max(1, Math.ceil(error.msBeforeNext / 60_000)) });
  }
}

/**
 * Ten tries per account, from everywhere together. An address at which the owner has signed in before counts on its
 * own, so that a stranger's wrong tries do not shut the owner out. Neither shuts out anybody else.
 */
function limiterOf({ account, address, known }: Counters): SignInLimiter {
  const pair = (email: string, from: string) => createHash('sha256').update(`${email} ${from}`).digest('base64url');
  return {
    async count(email, from) {
      await consume(address, from);
      const isKnown = (await known.get(pair(email, from))) !== null;
      await consume(account, isKnown ? pair(email, from) : email);
    },
    async welcome(email, from) {
      await account.delete(email);
      await account.delete(pair(email, from));
      await consume(known, pair(email, from));
    },
  };
}

/** For one process. */
export function memoryLimiter(): SignInLimiter {
  return limiterOf({
    account: new RateLimiterMemory(settings.account),
    address: new RateLimiterMemory(settings.address),
    known: new RateLimiterMemory(settings.known),
  });
}

/** Shared by several processes. `client` is the driver's MongoClient. */
export function mongoLimiter(client: unknown, database: string): SignInLimiter {
  const shared = { storeClient: client, dbName: database, tableName: 'sign_in_tries' };
  return limiterOf({
    account: new RateLimiterMongo({ ...shared, ...settings.account }),
    address: new RateLimiterMongo({ ...shared, ...settings.address }),
    known: new RateLimiterMongo({ ...shared, ...settings.known }),
  });
}
