import assert from 'node:assert/strict';
import type { Actor, Person, Role } from '../../../src/domain/access/access.ts';
import { resolveFacts, stopsPublication } from '../../../src/domain/facts/resolveFacts.ts';
import { extendHistory } from '../../../src/domain/release/meaning.ts';
import { type Desk, unitsOf } from '../../../src/web/desk/today/loadDesk.ts';
import { createTranslator } from '../../../src/web/i18n.ts';
import { sampleEdition, sampleFact, sampleReleases, type sampleUnit } from './sampleRiver.ts';

export const { t: translate } = createTranslator();
export const t = (key: string, values?: Readonly<Record<string, unknown>>) => translate('en', key, values);
export const releases = sampleReleases();
export const today = '2026-11-20';

/** Somebody of the Turkish partner. */
export function actor(id: string, ...roles: readonly Role[]): Actor {
  const person: Person = {
    id,
    name: id,
    email: `${id}@example.org`,
    language: 'en',
    partner: 'tr',
    roles,
    state: 'active',
    mail: 'all',
    epoch: 0,
    revision: 1,
  };
  return { kind: 'person', person };
}

/** The Turkish desk of the sample river, without a database. */
export function deskOf(
  units: readonly ReturnType<typeof sampleUnit>[],
  change: Partial<ReturnType<typeof sampleEdition>> = {},
): Desk {
  const edition = sampleEdition('tr-TR', 'tr', change);
  const lessonPackage = releases[1]?.lessonPackage;
  assert.ok(lessonPackage !== undefined);
  const history = releases.reduce((sum, { revisions }) => extendHistory(sum, revisions), {});
  const working = {
    edition,
    lessonPackage,
    units: new Map(units.map((unit) => [unit.segment, unit])),
    ledger: new Map(),
    history,
  };
  const values = [
    sampleFact(
      'TR',
      'emergency.number',
      { neutral: { phone: '112' }, wordings: { tr: { name: 'Acil' } } },
      '2026-08-20',
    ),
    sampleFact('TR', 'helpline.child', { neutral: { phone: '183', display: 'ALO 183' } }, '2026-05-12'),
  ];
  const facts = resolveFacts(lessonPackage.facts, values, 'tr', today);
  return {
    working,
    units: unitsOf(working),
    facts: { facts, stops: (fact) => stopsPublication(fact, lessonPackage.facts[fact.key] ?? ({} as never), false) },
    checks: { of: () => [], ofText: () => [], rules: null },
    values,
    proposals: [],
    releases: releases.map(({ release }) => release),
    counts: null,
    assignments: [],
    colleagues: [],
    today,
  };
}
