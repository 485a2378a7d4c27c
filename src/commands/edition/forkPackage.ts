import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { readEditionTag } from '../../domain/edition/editionTag.ts';
import { DomainError } from '../../domain/errors.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';

export type ForkPackage = { readonly tag: string; readonly release?: string };

/** Where "Exit this page" leads until a partner chooses: a page that says nothing about its reader. */
export const neutralExit = 'https://www.wikipedia.org/';

/**
 * Forks the baseline at a release (the newest by default) into an edition of the actor's partner, every lesson planned.
 * The partner has to own the country. Throws `editionTagMalformed`, `editionExists`, `releaseUnknown`, `notAllowed`.
 */
export async function forkPackage(world: World, actor: Actor, input: ForkPackage): Promise<Edition> {
  if (actor.kind !== 'person') throw new DomainError('signInRequired');
  const { language, country } = readEditionTag(input.tag);
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'edition:fork', { partner: actor.person.partner });
    const partner = await store.partners.byId(person.partner);
    if (partner === null || !partner.jurisdictions.includes(country)) {
      throw new DomainError('notAllowed', { action: 'edition:fork' });
    }
    if ((await store.editions.byTag(input.tag)) !== null)
      throw new DomainError('editionExists', { edition: input.tag });
    const release = input.release ?? (await store.releases.newest())?.number;
    if (release === undefined) throw new DomainError('releaseUnknown', { release: '' });
    const lessonPackage = await store.releases.lessonPackage(release);
    const edition: Edition = {
      tag: input.tag,
      partner: partner.id,
      language,
      country,
      demonstration: false,
      upstream: { release, ahead: [] },
      lessons: Object.fromEntries(lessonPackage.lessons.map((lesson) => [lesson.id, { state: 'planned' as const }])),
      exitUrl: neutralExit,
      publication: null,
      withdrawn: null,
      revision: 1,
    };
    await store.editions.save(edition);
    return edition;
  });
}
