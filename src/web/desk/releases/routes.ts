import { z } from 'zod';
import { approvedSets, makeRelease } from '../../../commands/baseline/makeRelease.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError } from '../../../domain/errors.ts';
import { emptyPackage } from '../../../domain/package/lessonPackage.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import { dayOf } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { attempt, type Refusal } from '../baseline/problems.ts';
import { sheets } from '../baseline/sheets.ts';
import { changeLines, linesShown } from '../changeSets/changeLines.ts';
import { readForm } from '../changeSets/forms.ts';
import { listField, textField } from '../fields.ts';
import { namesOf } from '../today/loadDesk.ts';
import { presentDryRun } from './dryRun.ts';
import { impactOfRelease, impactOfSets } from './impact.ts';
import { showImpactList } from './impactList.ts';
import { impactTable, listHref } from './impactTable.ts';
import { approvedRows, chosenSets, releaseRows, releasesHeadline } from './releasesPage.ts';
import { uptakeOf } from './uptake.ts';

const showReleases = (context: PersonContext): Promise<Reply> =>
  releasesReply(context, chosenSets(context.query), null);

/** The list, and the next release: what it would do stands before the button that makes it. */
async function releasesReply(
  context: PersonContext,
  chosen: readonly string[],
  refusal: Refusal | null,
): Promise<Reply> {
  const { world, t, actor, form } = context;
  const { store } = world;
  const plans = can(actor, 'changeSet:write');
  const [releases, editions, open] = await Promise.all([
    store.releases.all(),
    store.editions.all(),
    plans ? store.changeSets.open() : [],
  ]);
  const approved = approvedRows(open, chosen);
  const picked = approved.filter((set) => set.chosen).map((set) => set.id);
  const next = picked.length === 0 ? null : await nextRelease(context, picked);
  const problems = [...(refusal?.problems ?? []), ...(next !== null && 'problems' in next ? next.problems : [])];
  const proposed = next !== null && 'number' in next ? next : null;
  const newest = [...releases].sort((one, other) => compareNumbers(other.number, one.number))[0] ?? null;
  const data = {
    title: proposed === null ? releasesHeadline(t, newest, approved.length) : proposed.headline,
    sheets,
    frame: await baselineFrame(context, 'releases'),
    releases: releaseRows(releases, editions),
    plans,
    approved,
    next: proposed,
    picked: picked.join(','),
    summary: textField(form, 'summary') || (proposed?.summary ?? ''),
    previous: newest?.number ?? '',
    mayRelease: can(actor, 'release:make'),
    problems,
    invalid: Object.fromEntries(problems.map(({ field, message }) => [field ?? '', message])),
    hrefs: { releases: paths.releases.to() },
  };
  const code = refusal?.code ?? (problems.length > 0 ? 422 : 200);
  return { kind: 'page', view: 'desk/releases/releases', data, code };
}

/** The dry run of the chosen sets; where they do not go together, why. */
async function nextRelease(context: PersonContext, picked: readonly string[]) {
  const tried = await attempt(context.t, { dependencyMissing: 'sets' }, async () => {
    const sets = await approvedSets(context.world.store, picked);
    return { sets, ...(await impactOfSets(context, sets)) };
  });
  if ('refused' in tried) return { problems: tried.refused.problems };
  const { proposed, sets } = tried.done;
  const { severity, summary } = proposed.release;
  const names = await namesOf(
    context,
    sets.flatMap((set) => [set.author, set.approvedBy]),
  );
  return {
    ...presentDryRun(context, tried.done, picked, { sets: picked.join(',') }),
    severity,
    summary,
    due: sets.flatMap((set) => set.due ?? []).sort()[0] ?? null,
    people: sets.map((set) => ({
      id: set.id,
      title: set.title,
      author: names.get(set.author) ?? '',
      approvedBy: names.get(set.approvedBy ?? '') ?? '',
    })),
  };
}

const releaseForm = z.object({
  summary: z
    .string()
    .max(20_000)
    .refine((text) => text.trim() !== ''),
  previous: z.string().max(40),
});

async function release(context: PersonContext): Promise<Reply> {
  const { world, actor, t, form } = context;
  const chosen = listField(form, 'set').flatMap((each) => each.split(','));
  const read = readForm(t, releaseForm, form);
  if ('problems' in read) {
    if (read.tampered !== null) throw new DomainError('formMalformed', { field: read.tampered });
    return releasesReply(context, chosen, { code: 422, problems: read.problems });
  }
  const { summary, previous } = read.data;
  const input = { sets: chosen, summary, previous: previous === '' ? null : previous };
  const tried = await attempt(t, {}, () => makeRelease(world, actor, input));
  if ('refused' in tried) return releasesReply(context, chosen, tried.refused);
  const values = { number: tried.done.number };
  return { kind: 'redirect', to: paths.release.to(tried.done.number), said: { key: 'baseline:said.released', values } };
}

async function showRelease(context: PersonContext): Promise<Reply> {
  const { world, t, language, params, actor, now } = context;
  const { store } = world;
  const one = await store.releases.byNumber(params.release ?? '');
  if (one === null) throw new DomainError('releaseUnknown', { release: params.release ?? '' });
  const before = one.previous === null ? emptyPackage : await store.releases.lessonPackage(one.previous);
  const names = await namesOf(
    context,
    one.sets.flatMap((set) => [set.author, set.approvedBy]),
  );
  const uptake = await uptakeOf(store, one, { t, language, today: dayOf(now) });
  const waiting = new Set(uptake.waiting.map((row) => row.tag));
  const works = (await impactOfRelease(context, one)).filter(({ edition }) => waiting.has(edition.tag));
  const list = can(actor, 'changeSet:write') ? listHref({ release: one.number }) : null;
  const impact = impactTable(works, { language, list });
  const first = one.previous === null;
  const sets = one.sets.map((set) => {
    const lines = first ? [] : changeLines(t, before, set.changes, null, set.severity);
    return {
      ...set,
      author: names.get(set.author) ?? '',
      approvedBy: names.get(set.approvedBy ?? '') ?? '',
      lines: lines.slice(0, linesShown),
      more: Math.max(0, lines.length - linesShown),
      count: set.changes.length,
    };
  });
  const data = {
    title: t('impact:uptake.headline', { number: one.number, count: uptake.have, all: uptake.all }),
    sheets,
    frame: await baselineFrame(context, 'releases'),
    release: one,
    first,
    sets,
    impact,
    uptake,
  };
  return { kind: 'page', view: 'desk/releases/release', data };
}

const read = { method: 'get', allow: 'baseline:read', audit: 'nothing', about: 'person' } as const;

/** Releases, and the dry run of the next one. */
export const releaseRoutes: readonly Route[] = [
  { ...read, path: paths.releases.pattern, handle: showReleases },
  { ...read, path: paths.release.pattern, handle: showRelease },
  { ...read, path: paths.impact.pattern, allow: 'changeSet:write', handle: showImpactList },
  {
    method: 'post',
    path: paths.releases.pattern,
    allow: 'release:make',
    audit: 'release/make',
    about: 'person',
    handle: release,
  },
];
