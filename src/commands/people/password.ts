import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../../domain/errors.ts';

/** Argon2id with the costs that OWASP names; `algorithm: 2` is Argon2id. */
const costs = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const leastPasswordLength = 12;

export async function hashPassword(password: string): Promise<string> {
  if ([...password].length < leastPasswordLength) {
    throw new DomainError('passwordTooShort', { least: leastPasswordLength });
  }
  return hash(password.normalize('NFC'), costs);
}

let decoy: Promise<string> | undefined;

/** Compares at equal cost whether or not there is anybody to compare with. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this password', costs);
  const matches = await verify(stored ?? (await decoy), password.normalize('NFC'));
  return stored !== null && matches;
}
