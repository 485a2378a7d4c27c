import type { Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { normalEmail } from './email.ts';
import { passwordMatches } from './password.ts';

/** Who signs in with this address and password. Every refusal is the same and costs the same. */
export async function signIn(
  world: World,
  wish: { readonly email: string; readonly password: string },
): Promise<Person> {
  const person = await world.store.people.byEmail(normalEmail(wish.email));
  const stored = person === null ? null : await world.store.people.passwordHash(person.id);
  const matches = await passwordMatches(stored, wish.password);
  if (person === null || !matches || person.state !== 'active') throw new DomainError('signInFailed');
  return person;
}
