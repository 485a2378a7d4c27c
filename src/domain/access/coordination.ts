import type { Person, Role } from './access.ts';
import { authorityRoles, type Partner, partnerRoles } from './access.ts';

const coordinates = (person: Person) => person.state === 'active' && person.roles.includes('coordinator');

/**
 * Whether a partner would be left without anybody who may publish and withdraw, if this person became `next`. Only
 * partners with an edition need a coordinator.
 */
export function losesLastCoordinator(
  next: Person,
  before: Person,
  colleagues: readonly Person[],
  editions: number,
): boolean {
  if (editions === 0 || !coordinates(before) || coordinates(next)) return false;
  return !colleagues.some((each) => each.id !== next.id && coordinates(each));
}

/** The roles that people of this partner can have. */
export function rolesOf(partner: Pick<Partner, 'kind'>): readonly Role[] {
  return partner.kind === 'authority' ? authorityRoles : partnerRoles;
}

/** The roles in their own order, each once. */
export function orderedRoles(partner: Pick<Partner, 'kind'>, chosen: readonly string[]): readonly Role[] {
  return rolesOf(partner).filter((role) => chosen.includes(role));
}
