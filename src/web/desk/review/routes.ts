import { z } from 'zod';
import { returnUnit, reviewUnit } from '../../../commands/edition/reviewUnit.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { reviewPage, unitsToRead } from './reviewPage.ts';

async function show(context: EditionContext): Promise<Reply> {
  const { world, edition, actor, query, t, language } = context;
  const desk = await loadDesk(context);
  const waiting = waitingOf(desk, actor);
  const asked = { lesson: query.lesson, unit: query.unit };
  const units = unitsToRead(desk, asked);
  const [names, colleagues, before] = await Promise.all([
    namesOf(
      context,
      units.flatMap(({ unit }) => [unit?.by, unit?.backTranslation?.by]),
    ),
    world.store.people.ofPartner(edition.partner),
    approvedBefore(
      context,
      units.map((unit) => unit.segment),
    ),
  ]);
  const page = reviewPage(t, desk, waiting, { actor, names, colleagues, before }, asked);
  const data = {
    ...page,
    sheets: ['desk-edition.css'],
    title: page.headline,
    frame: await frameFor(context, 'review', placeCounts(desk, waiting)),
    tag: edition.tag,
    languages: languagesOf(edition.language, language),
    marked: page.rows.some((row) => row.marked),
  };
  return { kind: 'page', view: 'desk/review/review', data };
}

/** The last text that a second person had agreed to, to mark what is new since. */
async function approvedBefore({ world, edition }: EditionContext, segments: readonly string[]) {
  const found = new Map<string, string>();
  for (const segment of segments) {
    const history = await world.store.units.history(edition.tag, segment);
    const approved = history.find((unit) => unit.state === 'reviewed' || unit.state === 'final');
    if (approved !== undefined) found.set(segment, approved.target);
  }
  return found;
}

const reviewForm = z.object({ revision, wish: z.enum(['approve', 'return']), lesson: z.string().max(100).default('') });

async function decide({ world, actor, edition, params, form }: EditionContext): Promise<Reply> {
  const { wish, lesson, revision: seen } = acceptForm(reviewForm, form);
  const segment = params.segment ?? '';
  const at = { edition: edition.tag, segment, revision: seen };
  await (wish === 'approve' ? reviewUnit(world, actor, at) : returnUnit(world, actor, at));
  return {
    kind: 'redirect',
    to: `${paths.review.to(edition.tag)}${lesson === '' ? '' : `?${new URLSearchParams({ lesson })}`}`,
    said: { key: `edition:review.said.${wish}`, values: { segment } },
  };
}

export const reviewRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.review.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: show,
  },
  {
    method: 'post',
    path: paths.unitReview.pattern,
    allow: 'unit:review',
    audit: 'unit/review',
    about: 'edition',
    handle: decide,
  },
];
