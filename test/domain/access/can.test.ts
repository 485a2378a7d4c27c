import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Action, type Actor, actions, type Person, type Role, roles } from '../../../src/domain/access/access.ts';
import { can } from '../../../src/domain/access/can.ts';

const personWith = (role: Role, state: Person['state'] = 'active'): Actor => ({
  kind: 'person',
  person: {
    id: 'p',
    name: 'P',
    email: 'p@example.org',
    language: 'en',
    partner: 'tr',
    roles: [role],
    state,
    mail: 'all',
    epoch: 0,
    revision: 1,
  },
});

/** A: on anything. O: on what the own partner owns. -: never. In the order of `roles`. */
const pinned: Readonly<Record<Action, string>> = {
  //             translator reviewer coordinator pedagogue chiefEditor operator
  'public:read': 'AAAAAA',
  'feedback:give': 'AAAAAA',
  'desk:enter': 'AAAAAA',
  'baseline:read': 'AAAAAA',
  'changeSet:write': '---AA-',
  'changeSet:approve': '---AA-',
  'release:make': '----A-',
  'recall:order': '----A-',
  'recall:second': '---AA-',
  'partner:create': '----AA',
  'edition:fork': '--O---',
  'edition:read': 'OOOAA-',
  'unit:write': 'OOO---',
  'unit:review': '-OO---',
  'edition:manage': '--O---',
  'update:decide': 'OOO---',
  'update:apply': '--O---',
  'edition:publish': '--O---',
  'edition:withdraw': '--O-A-',
  'edition:exchange': 'OOO---',
  'comment:write': 'OOOAA-',
  'assignment:manage': '--O---',
  'material:write': 'OOO---',
  'glossary:write': '-OO---',
  'sendBack:write': 'OOO---',
  'sendBack:answer': '---AA-',
  'facts:read': 'OOOAA-',
  'facts:propose': '-OO-A-',
  'facts:confirm': '-OO-A-',
  'facts:suspend': 'OOOAA-',
  'people:read': '--O-AA',
  'people:manage': '--O-AA',
  'me:write': 'AAAAAA',
  'mail:read': '-----A',
  'machine:read': '-----A',
};

function scopeOf(role: Role, action: Action): string {
  const actor = personWith(role);
  const [own, other, none] = [
    can(actor, action, { partner: 'tr' }),
    can(actor, action, { partner: 'eg' }),
    can(actor, action),
  ];
  if (own && other && none) return 'A';
  if (own && !other && !none) return 'O';
  return own || other || none ? '?' : '-';
}

test('every role, action and subject is what the pinned table says', () => {
  const actual = Object.fromEntries(
    actions.map((action) => [action, roles.map((role) => scopeOf(role, action)).join('')]),
  );
  assert.deepEqual(actual, pinned);
});

/** What needs no account. */
const openActions: ReadonlySet<Action> = new Set(['public:read', 'feedback:give']);

test('nobody has rights beyond the public ones who is not signed in and active', () => {
  for (const action of actions) {
    const expected = openActions.has(action);
    assert.equal(can({ kind: 'anonymous' }, action, { partner: 'tr' }), expected, action);
    for (const state of ['invited', 'suspended', 'left'] as const) {
      for (const role of roles) assert.equal(can(personWith(role, state), action, { partner: 'tr' }), expected, action);
    }
  }
});
