import type { Action, Actor, Person, Subject } from '../domain/access/access.ts';
import { can } from '../domain/access/can.ts';
import { DomainError } from '../domain/errors.ts';

/** The person who acts, or `signInRequired` / `notAllowed`. Every command asks, whatever its route has asked before. */
export function authorize(actor: Actor, action: Action, subject: Subject = {}): Person {
  if (actor.kind !== 'person') throw new DomainError('signInRequired');
  if (!can(actor, action, subject)) throw new DomainError('notAllowed', { action });
  return actor.person;
}
