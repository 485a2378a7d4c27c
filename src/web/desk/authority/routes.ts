import type { Store } from '../../../commands/ports.ts';
import { can } from '../../../domain/access/can.ts';
import type { DomainEvent } from '../../../domain/notification/notification.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import { dayOf } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { sheets } from '../baseline/sheets.ts';
import { frameFor } from '../frame.ts';
import { namesOf } from '../today/loadDesk.ts';
import { authorityHeadline, baselineEvents, behindOnSafety, recallLine, setLine, setOfEvent } from './authorityPage.ts';
import { authorityWaiting, waitingCounts } from './waiting.ts';

const eventsRead = 40;
const eventsShown = 8;

/** The desk's door: the authority's Today; people of a partner go on to their edition. */
async function showDesk(context: PersonContext): Promise<Reply> {
  const { world, actor, person } = context;
  const partner = await world.store.partners.byId(person.partner);
  if (partner?.kind !== 'authority') {
    const editions = await world.store.editions.ofPartner(person.partner);
    const [only] = editions;
    const to = editions.length === 1 && only !== undefined ? paths.deskEdition.to(only.tag) : paths.editions.to();
    return { kind: 'redirect', to };
  }
  if (!can(actor, 'changeSet:write') && can(actor, 'people:read')) {
    return { kind: 'redirect', to: paths.people.to() };
  }
  return showToday(context);
}

async function showToday(context: PersonContext): Promise<Reply> {
  const { world, actor, t, now, language } = context;
  const { store } = world;
  const [waiting, editions, all, changes, recalls] = await Promise.all([
    authorityWaiting(store, actor),
    store.editions.all(),
    store.releases.all(),
    store.events.recent('baseline', eventsRead),
    store.events.recent('recalls', eventsShown),
  ]);
  const releases = [...all].sort((one, other) => compareNumbers(one.number, other.number));
  const today = dayOf(now);
  const offers = can(actor, 'sendBack:answer') ? await store.sendBacks.countOpen() : 0;
  const behind = behindOnSafety(editions, releases, today, language);
  const events = [...changes, ...recalls];
  const sets = [...waiting.approvals, ...waiting.releasable, ...waiting.drafts].map((set) => set.author);
  const ordered = waiting.seconds.map((recall) => recall.orderedBy);
  const names = await namesOf(context, [...events.map((event) => event.by), ...sets, ...ordered]);
  const newest = releases.at(-1) ?? null;
  const onNewest = editions.filter((edition) => edition.upstream.release === newest?.number).length;
  const data = {
    title: authorityHeadline(t, waiting, behind.length),
    sheets,
    frame: await frameFor(context, 'today', waitingCounts(waiting)),
    today,
    approvals: waiting.approvals.map((set) => setLine(set, names)),
    releasable: waiting.releasable.map((set) => setLine(set, names)),
    releaseAll: `${paths.releases.to()}?sets=${waiting.releasable.map((set) => set.id).join(',')}#next`,
    drafts: waiting.drafts.map((set) => setLine(set, names)),
    seconds: waiting.seconds.map((recall) => recallLine(recall, names)),
    questions: waiting.questions.length,
    behind,
    offers,
    newest: newest === null ? null : { number: newest.number, on: newest.on, href: paths.release.to(newest.number) },
    onNewest,
    editions: editions.length,
    events: baselineEvents(t, events, names, await titlesOf(store, events)).slice(0, eventsShown),
    hrefs: {
      offers: paths.offers.to(),
      differences: paths.differences.to(),
      editions: paths.editions.to(),
      changeSets: paths.changeSets.to(),
      recalls: paths.recalls.to(),
      questions: paths.questions.to(),
    },
  };
  return { kind: 'page', view: 'desk/authority/today', data };
}

/** What the sets are called that events are about. */
async function titlesOf(store: Store, events: readonly DomainEvent[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(events.flatMap((event) => setOfEvent(event) ?? []))];
  const sets = await Promise.all(ids.map((id) => store.changeSets.byId(id)));
  return new Map(sets.filter((set) => set !== null).map((set) => [set.id, set.title]));
}

export const authorityRoutes: readonly Route[] = [
  { method: 'get', path: paths.desk.pattern, allow: 'desk:enter', audit: 'nothing', about: 'person', handle: showDesk },
];
