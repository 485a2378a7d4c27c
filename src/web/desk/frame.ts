import { can } from '../../domain/access/can.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { paths } from '../paths.ts';
import type { Context } from '../route.ts';

/** Where on the desk a page is. The first seven are an edition's, the next the authority's. */
export const places = [
  'today',
  'lessons',
  'update',
  'review',
  'facts',
  'ledger',
  'publish',
  'baseline',
  'baselineFacts',
  'changeSets',
  'releases',
  'editions',
  'recalls',
  'questions',
  'people',
  'inbox',
  'mails',
  'me',
] as const;
export type Place = (typeof places)[number];

/** What waits for this person at a place; `safety` puts the sign before the number. */
export type PlaceCount = { readonly count: number; readonly safety?: boolean };
export type PlaceCounts = Partial<Record<Place, PlaceCount>>;

export type PlaceLink = {
  readonly label: string;
  readonly href: string;
  readonly count: number | null;
  readonly safety: boolean;
  readonly current: boolean;
};

/** The masthead. */
export type Frame = {
  readonly home: string;
  readonly edition: { readonly tag: string; readonly name: string; readonly href: string } | null;
  readonly places: readonly PlaceLink[];
  /** People, mails: after the places. */
  readonly more: readonly PlaceLink[];
  readonly inbox: PlaceLink | null;
  readonly person: { readonly name: string; readonly href: string; readonly current: boolean } | null;
  readonly signOut: string;
  /** Where to look for a place, a lesson or a segment. */
  readonly find: string;
};

/** A language and a country, in the reader's language: `Türkiye, Turkish`. */
export function editionName(edition: Pick<Edition, 'country' | 'language'>, language: string): string {
  const country = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' }).of(edition.country);
  const spoken = new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(edition.language);
  return `${country}${language === 'ar' ? '،' : ','} ${spoken}`;
}

type Framed = Pick<Context, 'world' | 'actor' | 'language' | 't'> & { readonly edition?: Edition };

/**
 * What every page of the desk shows above its own: `frame: await frameFor(context, 'update')`. On pages that are about
 * no edition, a partner with one edition still sees its places.
 */
export async function frameFor(context: Framed, current: Place | null, counts: PlaceCounts = {}): Promise<Frame> {
  const { actor, world, t } = context;
  const person = actor.kind === 'person' ? actor.person : null;
  const link = (place: Place, href: string): PlaceLink => ({
    label: t(`desk:places.${place}`),
    href,
    count: counts[place]?.count || null,
    safety: counts[place]?.safety ?? false,
    current: place === current,
  });
  const own = person === null ? [] : await world.store.editions.ofPartner(person.partner);
  const edition = context.edition ?? (own.length === 1 ? own[0] : undefined);
  const unread = person === null ? 0 : await world.store.notices.unread(person.id);
  const partner = person === null ? {} : { partner: person.partner };
  return {
    home: paths.desk.to(),
    edition:
      edition === undefined
        ? null
        : { tag: edition.tag, name: editionName(edition, context.language), href: paths.editions.to() },
    places: edition === undefined ? baselinePlaces(context, link) : editionPlaces(edition.tag, link),
    more: [
      ...(can(actor, 'people:read', partner) ? [link('people', paths.people.to())] : []),
      ...(can(actor, 'mail:read') ? [link('mails', paths.mails.to())] : []),
    ],
    inbox: person === null ? null : { ...link('inbox', paths.inbox.to()), count: unread || null },
    person: person === null ? null : { name: person.name, href: paths.me.to(), current: current === 'me' },
    signOut: paths.signOut.to(),
    find: paths.find.to(),
  };
}

type MakeLink = (place: Place, href: string) => PlaceLink;

function editionPlaces(tag: string, link: MakeLink): readonly PlaceLink[] {
  return [
    link('today', paths.deskEdition.to(tag)),
    link('lessons', paths.editionLessons.to(tag)),
    link('update', paths.update.to(tag)),
    link('review', paths.review.to(tag)),
    link('facts', paths.facts.to(tag)),
    link('ledger', paths.ledger.to(tag)),
    link('publish', paths.publish.to(tag)),
  ];
}

function baselinePlaces({ actor }: Framed, link: MakeLink): readonly PlaceLink[] {
  if (!can(actor, 'baseline:read')) return [];
  return [
    link('today', paths.desk.to()),
    link('baseline', paths.baseline.to()),
    link('baselineFacts', paths.baselineFacts.to()),
    ...(can(actor, 'changeSet:write') ? [link('changeSets', paths.changeSets.to())] : []),
    link('releases', paths.releases.to()),
    link('editions', paths.editions.to()),
    ...(can(actor, 'changeSet:write') ? [link('questions', paths.questions.to())] : []),
    ...(can(actor, 'recall:second') ? [link('recalls', paths.recalls.to())] : []),
  ];
}
