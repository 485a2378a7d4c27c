import { createHash, randomBytes } from 'node:crypto';
import type { OneTimeLink } from '../../domain/access/access.ts';
import type { Instant } from '../../domain/time.ts';
import type { Store } from '../ports.ts';

const hour = 60 * 60 * 1000;
const lifetimes = { invitation: 7 * 24 * hour, reset: hour } as const;

/** What is stored of a token: enough to know it again, not enough to use it. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Makes the person's only valid link and returns its token, which is nowhere else. */
export async function issueLink(
  store: Store,
  wish: { readonly person: string; readonly purpose: OneTimeLink['purpose']; readonly now: Instant },
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const expires = new Date(Date.parse(wish.now) + lifetimes[wish.purpose]).toISOString();
  await store.links.dropFor(wish.person);
  await store.links.save({ tokenHash: hashToken(token), purpose: wish.purpose, person: wish.person, expires });
  return token;
}
