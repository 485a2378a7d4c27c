import type { Action, Actor, Role, Subject } from './access.ts';

/** The whole policy: which role may do what, on anything or only on what its own partner owns. */
const policy: Readonly<Record<Action, Partial<Record<Role, 'any' | 'own'>> | 'anyone' | 'signedIn'>> = {
  'public:read': 'anyone',
  'feedback:give': 'anyone',
  'desk:enter': 'signedIn',
  'me:write': 'signedIn',
  'baseline:read': 'signedIn',
  'changeSet:write': { pedagogue: 'any', chiefEditor: 'any' },
  'changeSet:approve': { pedagogue: 'any', chiefEditor: 'any' },
  'release:make': { chiefEditor: 'any' },
  'recall:order': { chiefEditor: 'any' },
  'recall:second': { pedagogue: 'any', chiefEditor: 'any' },
  'partner:create': { chiefEditor: 'any', operator: 'any' },
  'edition:fork': { coordinator: 'own' },
  'edition:read': {
    translator: 'own',
    reviewer: 'own',
    coordinator: 'own',
    pedagogue: 'any',
    chiefEditor: 'any',
  },
  'unit:write': { translator: 'own', reviewer: 'own', coordinator: 'own' },
  'unit:review': { reviewer: 'own', coordinator: 'own' },
  'edition:manage': { coordinator: 'own' },
  'update:decide': { translator: 'own', reviewer: 'own', coordinator: 'own' },
  'update:apply': { coordinator: 'own' },
  'edition:publish': { coordinator: 'own' },
  'edition:withdraw': { coordinator: 'own', chiefEditor: 'any' },
  'edition:exchange': { translator: 'own', reviewer: 'own', coordinator: 'own' },
  'comment:write': { translator: 'own', reviewer: 'own', coordinator: 'own', pedagogue: 'any', chiefEditor: 'any' },
  'assignment:manage': { coordinator: 'own' },
  'material:write': { translator: 'own', reviewer: 'own', coordinator: 'own' },
  'glossary:write': { reviewer: 'own', coordinator: 'own' },
  'sendBack:write': { translator: 'own', reviewer: 'own', coordinator: 'own' },
  'sendBack:answer': { pedagogue: 'any', chiefEditor: 'any' },
  'facts:read': { translator: 'own', reviewer: 'own', coordinator: 'own', pedagogue: 'any', chiefEditor: 'any' },
  'facts:propose': { reviewer: 'own', coordinator: 'own', chiefEditor: 'any' },
  'facts:confirm': { reviewer: 'own', coordinator: 'own', chiefEditor: 'any' },
  'facts:suspend': { translator: 'own', reviewer: 'own', coordinator: 'own', pedagogue: 'any', chiefEditor: 'any' },
  'people:read': { coordinator: 'own', chiefEditor: 'any', operator: 'any' },
  'people:manage': { coordinator: 'own', chiefEditor: 'any', operator: 'any' },
  'mail:read': { operator: 'any' },
  'machine:read': { operator: 'any' },
};

/**
 * Whether the actor may do this to the subject. Deny by default: an `own` right needs a subject with the actor's own
 * partner, and only an active person has rights beyond the public ones.
 */
export function can(actor: Actor, action: Action, subject: Subject = {}): boolean {
  const rule = policy[action];
  if (rule === 'anyone') return true;
  if (actor.kind !== 'person' || actor.person.state !== 'active') return false;
  if (rule === 'signedIn') return true;
  return actor.person.roles.some((role) => {
    const scope = rule[role];
    if (scope === 'any') return true;
    return scope === 'own' && subject.partner !== undefined && subject.partner === actor.person.partner;
  });
}
