import { z } from 'zod';
import { forkPackage } from '../../../commands/edition/forkPackage.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError } from '../../../domain/errors.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import { httpCode } from '../../middleware/errorCodes.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, PersonContext, Reply, Route } from '../../route.ts';
import { editionName, frameFor } from '../frame.ts';
import { acceptForm } from '../workbench/acceptForm.ts';
import { editionsPage } from './editionsPage.ts';
import { eventLines } from './eventWords.ts';
import { type Desk, loadDesk, namesOf } from './loadDesk.ts';
import { safetyStory } from './safetyStory.ts';
import { streamOf } from './stream.ts';
import { todayPage } from './todayPage.ts';
import { placeCounts, type Waiting, waitingOf } from './waiting.ts';

const eventsShown = 10;

async function showToday(context: EditionContext): Promise<Reply> {
  const { world, edition, t } = context;
  const desk = await loadDesk(context);
  const waiting = waitingOf(desk, context.actor);
  const [events, draft, newest] = await Promise.all([
    world.store.events.recent(`edition/${edition.tag}`, eventsShown),
    world.store.updates.draft(edition.tag),
    newestPackage(context, desk),
  ]);
  const names = await namesOf(context, [...events.map((event) => event.by), ...writers(desk, waiting)]);
  const page = todayPage(t, desk, waiting, { story: safetyStory(desk, newest), names });
  const drafted = draft === null ? null : { target: draft.target, decided: Object.keys(draft.decisions).length };
  const data = {
    ...page,
    sheets: ['desk-edition.css'],
    title: page.headline,
    frame: await frameFor(context, 'today', placeCounts(desk, waiting)),
    tag: edition.tag,
    name: editionName(edition, context.language),
    today: desk.today,
    editable: can(context.actor, 'unit:write', { partner: edition.partner }),
    stream: streamOf(edition, desk.releases, drafted, context.language),
    events: eventLines(t, events, names),
  };
  return { kind: 'page', view: 'desk/today/today', data };
}

async function newestPackage({ world }: EditionContext, { releases, working }: Desk) {
  const last = releases.at(-1);
  return last === undefined ? working.lessonPackage : world.store.releases.lessonPackage(last.number);
}

const writers = (desk: Desk, waiting: Waiting) => [
  ...waiting.reviews.slice(0, eventsShown).map((id) => desk.units.get(id)?.unit?.by),
  ...waiting.confirmations.map((proposal) => proposal.by),
  ...waiting.sentBack.map(({ unit }) => unit?.sentBack?.by),
];

async function showEditions(context: PersonContext): Promise<Reply> {
  return editionsReply(context, null);
}

type Refused = { readonly tag: string; readonly error: DomainError };

async function editionsReply(context: PersonContext, refused: Refused | null): Promise<Reply> {
  const { world, actor, person, t, language } = context;
  const [all, partners, releases] = await Promise.all([
    world.store.editions.all(),
    world.store.partners.all(),
    world.store.releases.all(),
  ]);
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  const page = editionsPage(t, {
    editions: all.filter((edition) => can(actor, 'edition:read', { partner: edition.partner })),
    partners: byId,
    releases: [...releases].sort((one, other) => compareNumbers(one.number, other.number)),
    language,
    forks: can(actor, 'edition:fork', { partner: person.partner }) ? (byId.get(person.partner) ?? null) : null,
  });
  const message = refused === null ? null : t(`errors:${refused.error.code}`, refused.error.data);
  const data = {
    ...page,
    sheets: ['desk-edition.css'],
    title: page.headline,
    frame: await frameFor(context, 'editions'),
    differences: can(actor, 'changeSet:write') ? paths.differences.to() : null,
    tag: refused?.tag ?? '',
    problem: message,
    problems: message === null ? [] : [{ field: 'tag', message }],
  };
  return {
    kind: 'page',
    view: 'desk/today/editions',
    data,
    ...(refused === null ? {} : { code: httpCode(refused.error.code) }),
  };
}

const forkForm = z.object({ tag: z.string().trim().max(40) });

async function fork(context: PersonContext): Promise<Reply> {
  const { tag } = acceptForm(forkForm, context.form);
  try {
    const edition = await forkPackage(context.world, context.actor, { tag });
    const said = { key: 'edition:editions.forked', values: { tag: edition.tag } };
    return { kind: 'redirect', to: paths.editionLessons.to(edition.tag), said };
  } catch (error) {
    if (error instanceof DomainError) return editionsReply(context, { tag, error });
    throw error;
  }
}

export const todayRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.deskEdition.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: showToday,
  },
  {
    method: 'get',
    path: paths.editions.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'person',
    handle: showEditions,
  },
  {
    method: 'post',
    path: paths.editions.pattern,
    allow: 'edition:fork',
    audit: 'edition/fork',
    about: 'person',
    handle: fork,
  },
];
