import type { InterfaceLanguage, Partner, Person, Role } from '../../domain/access/access.ts';
import { interfaceLanguages } from '../../domain/access/access.ts';
import type { Store } from '../ports.ts';
import type { Seed } from './readSeed.ts';

/** The authority, with the facts of countries that have no partner yet. */
const authorityOf = (seed: Seed): Partner => ({
  id: 'authority',
  name: 'Headwater',
  kind: 'authority',
  jurisdictions: jurisdictionsOf(seed, 'authority'),
});

const jurisdictionsOf = (seed: Seed, partner: string): readonly string[] =>
  seed.jurisdictions.filter((file) => file.owner === partner).map((file) => file.jurisdiction);

/** The authority, the partners of the editions, and a seat for each role; nobody sits in them yet. */
export async function seedPeople(store: Store, seed: Seed): Promise<void> {
  const authority = authorityOf(seed);
  await store.partners.save(authority);
  await saveSeat(store, authority, 'en', ['operator']);
  await saveSeat(store, authority, 'en', ['chiefEditor']);
  await saveSeat(store, authority, 'en', ['pedagogue']);
  for (const { edition } of seed.editions) {
    const jurisdictions = jurisdictionsOf(seed, edition.partner.id);
    const partner: Partner = { ...edition.partner, kind: 'national', jurisdictions };
    if ((await store.partners.byId(partner.id)) !== null) continue;
    await store.partners.save(partner);
    const language = interfaceLanguages.find((one) => one === edition.language) ?? 'en';
    for (const role of ['coordinator', 'translator', 'reviewer'] as const)
      await saveSeat(store, partner, language, [role]);
  }
}

/** A seat, not a person: its name is its role, and whoever opens its link sits down in it. */
const seatNames: Readonly<Record<InterfaceLanguage, Readonly<Record<Role, string>>>> = {
  en: {
    operator: 'Operator',
    chiefEditor: 'Chief editor',
    pedagogue: 'Pedagogue',
    coordinator: 'Coordinator',
    translator: 'Translator',
    reviewer: 'Reviewer',
  },
  tr: {
    operator: 'İşletmen',
    chiefEditor: 'Baş editör',
    pedagogue: 'Pedagog',
    coordinator: 'Koordinatör',
    translator: 'Çevirmen',
    reviewer: 'Gözden geçiren',
  },
  ar: {
    operator: 'المشغّل',
    chiefEditor: 'رئيس التحرير',
    pedagogue: 'التربوي',
    coordinator: 'المنسّق',
    translator: 'المترجم',
    reviewer: 'المراجع',
  },
};

async function saveSeat(
  store: Store,
  partner: Partner,
  language: InterfaceLanguage,
  roles: readonly Role[],
): Promise<void> {
  const [role] = roles;
  if (role === undefined) return;
  const word = role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const person: Person = {
    id: `${partner.id}.${word}`,
    name: seatNames[language][role],
    email: `${word}@${partner.id}.demonstration.invalid`,
    language,
    partner: partner.id,
    roles,
    state: 'invited',
    mail: 'all',
    epoch: 0,
    revision: 1,
  };
  await store.people.save(person);
}
