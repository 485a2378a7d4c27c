import { loadOwnPackage } from '../../../commands/material/material.ts';
import { can } from '../../../domain/access/can.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { lessonTitle } from '../today/lessonTitle.ts';
import { asTyped, type Found, foundPlaces, foundSegments } from './found.ts';

/** The edition that was open, or the only one of this person's partner. */
async function editionAsked({ world, actor, person, query }: PersonContext): Promise<Edition | null> {
  const asked = query.edition === undefined ? null : await world.store.editions.byTag(query.edition);
  if (asked !== null && can(actor, 'edition:read', { partner: asked.partner })) return asked;
  const [own] = await world.store.editions.ofPartner(person.partner);
  return own !== undefined && can(actor, 'edition:read', { partner: own.partner }) ? own : null;
}

async function foundLessons(context: PersonContext, edition: Edition, wanted: string): Promise<readonly Found[]> {
  const { world, language } = context;
  const { lessonPackage } = await loadOwnPackage(world.store, edition);
  const heads = lessonPackage.lessons.flatMap((lesson) =>
    lesson.sections.filter((section) => section.kind === 'head').flatMap(({ placements }) => placements),
  );
  const titles = await world.store.units.some(
    edition.tag,
    heads.map(({ segment }) => segment),
  );
  const units = new Map(titles.map((unit) => [unit.segment, unit]));
  const lessons = lessonPackage.lessons.flatMap((lesson) => {
    const { text } = lessonTitle({ edition, lessonPackage, units }, lesson);
    const id = asTyped(lesson.id, language);
    if (id !== wanted && !asTyped(`${lesson.id} ${text}`, language).includes(wanted)) return [];
    const href = paths.workbench.to(edition.tag, lesson.id);
    return [{ name: `${lesson.id} ${text}`, in: null, href, exact: id === wanted }];
  });
  return [...lessons, ...foundSegments(edition, lessonPackage, wanted.toLowerCase())];
}

/** A place by its name, a lesson, a segment by its id. What can only be one thing opens at once. */
async function find(context: PersonContext): Promise<Reply> {
  const { query, language, t } = context;
  const typed = (query.q ?? '').slice(0, 200);
  const wanted = asTyped(typed, language);
  const edition = await editionAsked(context);
  const framed = edition === null ? context : { ...context, edition };
  const frame = await frameFor(framed, null);
  const links = [...frame.places, ...frame.more, ...(frame.inbox === null ? [] : [frame.inbox])];
  const places = wanted === '' ? [] : foundPlaces(links, wanted, language);
  const rest = wanted === '' || edition === null ? [] : await foundLessons(context, edition, wanted);
  const found = [...places, ...rest];
  const exact = found.filter((each) => each.exact);
  const [only] = exact.length === 1 ? exact : found.length === 1 ? found : [];
  if (only !== undefined) return { kind: 'redirect', to: only.href };
  const count = found.length;
  const data = {
    title: typed === '' ? t('bench:find.title') : t('bench:find.found', { count, words: typed }),
    frame,
    typed,
    found,
    tag: edition?.tag ?? null,
  };
  return { kind: 'page', view: 'desk/find/find', data };
}

export const findRoutes: readonly Route[] = [
  { method: 'get', path: paths.find.pattern, allow: 'desk:enter', audit: 'nothing', about: 'person', handle: find },
];
