import type { Person, Role } from '../../../src/domain/access/access.ts';
import type { Notifications } from '../../../src/domain/notification/planNotifications.ts';
import type { ChangeSet, Release } from '../../../src/domain/release/release.ts';
import type { UpdateCounts } from '../../../src/domain/update/update.ts';

export function person(id: string, partner: string, roles: readonly Role[], more: Partial<Person> = {}): Person {
  return {
    id,
    name: `Name of ${id}`,
    email: `${id}@example.org`,
    language: 'en',
    partner,
    roles,
    state: 'active',
    mail: 'all',
    epoch: 1,
    revision: 1,
    ...more,
  };
}

export const counts: UpdateCounts = {
  take: 0,
  carry: 40,
  stale: 4,
  staleWords: 120,
  conflicts: 0,
  added: 1,
  removed: 0,
  safety: 2,
  factsNeeded: 0,
};

export const changeSet: ChangeSet = {
  id: 'keep-the-proof',
  title: 'Keep the proof',
  severity: 'safety',
  reason: 'Proof was deleted.',
  evidence: [],
  summary: 'Do not delete messages.',
  due: '2026-03-12',
  changes: [],
  clearedVariants: [],
  state: 'submitted',
  base: '0.1.0',
  release: null,
  author: 'ped',
  approvedBy: null,
  revision: 1,
  updatedAt: '2026-02-01T10:00:00.000Z',
};

export const release: Release = {
  number: '0.2.0',
  previous: '0.1.0',
  on: '2026-02-01',
  severity: 'safety',
  summary: 'Do not delete messages.',
  sets: [{ ...changeSet, state: 'released', release: '0.2.0' }],
  root: 'a'.repeat(64),
  demonstration: false,
};

export const toldPeople = (planned: Notifications): readonly string[] => [
  ...new Set(planned.notices.map((notice) => notice.person)),
];
export const mailedPeople = (planned: Notifications): readonly string[] => planned.mails.map((mail) => mail.person);
