import type { Partner, Person } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { World } from '../ports.ts';
import { demandOn } from './managedPerson.ts';

const malformed = (field: string) => new DomainError('formMalformed', { field });

/** A national partner, with the jurisdictions whose facts it owns. Each jurisdiction has one owner. */
export async function createPartner(
  world: World,
  wish: { readonly by: Person; readonly id: string; readonly name: string; readonly jurisdictions: readonly string[] },
): Promise<Partner> {
  demandOn(wish.by, 'partner:create', wish.id);
  const name = wish.name.trim().replace(/\s+/g, ' ');
  if (name === '' || name.length > 200) throw malformed('partnerName');
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(wish.id) || wish.id.length > 60) throw malformed('id');
  const jurisdictions = [...new Set(wish.jurisdictions.map((code) => code.toUpperCase()))];
  const wellFormed = jurisdictions.every((code) => /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(code));
  if (jurisdictions.length === 0 || !wellFormed) throw malformed('jurisdictions');
  return world.store.transaction(async (store) => {
    const others = await store.partners.all();
    if (others.some((each) => each.id === wish.id)) throw malformed('id');
    if (others.some((each) => each.jurisdictions.some((code) => jurisdictions.includes(code)))) {
      throw malformed('jurisdictions');
    }
    const partner: Partner = { id: wish.id, name, kind: 'national', jurisdictions };
    await store.partners.save(partner);
    await store.events.add({
      id: world.newId(),
      kind: 'audit',
      at: world.now(),
      by: wish.by.id,
      subject: `partner/${partner.id}`,
      action: 'partner/created',
      data: { jurisdictions: jurisdictions.join(' ') },
    });
    return partner;
  });
}
