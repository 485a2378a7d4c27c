import { draftChangeSet } from '../../../commands/baseline/draftChangeSet.ts';
import { type ChangeSet, type ChangeSetState, severities } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { newestBaseline } from '../baseline/newest.ts';
import type { Refusal } from '../baseline/problems.ts';
import { sheets } from '../baseline/sheets.ts';
import { textField } from '../fields.ts';
import { namesOf } from '../today/loadDesk.ts';
import { beginForm, readForm } from './forms.ts';

/** The order of work: what waits for somebody first. Released and discarded ones are history. */
const openStates: readonly ChangeSetState[] = ['submitted', 'approved', 'draft'];
const pastShown = 12;

export type SetRow = Pick<ChangeSet, 'id' | 'title' | 'severity' | 'state' | 'release' | 'updatedAt'> & {
  readonly href: string;
  readonly count: number;
  readonly author: string;
  readonly due: string | null;
};

export type SetGroup = { readonly state: ChangeSetState; readonly rows: readonly SetRow[] };

/** The sets by state, the newest first in each. */
export function groupSets(sets: readonly ChangeSet[], names: ReadonlyMap<string, string>): readonly SetGroup[] {
  const newestFirst = [...sets].sort((one, other) => other.updatedAt.localeCompare(one.updatedAt));
  return openStates.map((state) => ({
    state,
    rows: newestFirst.filter((set) => set.state === state).map((set) => rowOf(set, names)),
  }));
}

export function rowOf(set: ChangeSet, names: ReadonlyMap<string, string>): SetRow {
  const { id, title, severity, state, release, updatedAt, due } = set;
  const author = names.get(set.author) ?? '';
  const href = paths.changeSet.to(id);
  return { id, title, severity, state, release, updatedAt, due, href, count: set.changes.length, author };
}

export const showSets = (context: PersonContext): Promise<Reply> => setsReply(context, null);

async function setsReply(context: PersonContext, refusal: Refusal | null): Promise<Reply> {
  const { world, t, form } = context;
  const sets = await world.store.changeSets.all();
  const names = await namesOf(
    context,
    sets.map((set) => set.author),
  );
  const groups = groupSets(sets, names);
  const open = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const past = sets
    .filter((set) => !openStates.includes(set.state))
    .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt));
  const typed = textField(form, 'severity');
  const newest = await newestBaseline(world.store);
  const data = {
    title: t('baseline:sets.headline', { count: open }),
    sheets,
    frame: await baselineFrame(context, 'changeSets'),
    release: newest?.release.number ?? null,
    groups: groups.filter((group) => group.rows.length > 0),
    past: past.slice(0, pastShown).map((set) => rowOf(set, names)),
    problems: refusal?.problems ?? [],
    invalid: refusal !== null,
    typedTitle: textField(form, 'title'),
    lesson: textField(form, 'lesson'),
    severities: severities.map((severity) => ({ severity, chosen: severity === (typed || 'content') })),
    begin: paths.changeSets.to(),
  };
  return { kind: 'page', view: 'desk/changeSets/sets', data, ...(refusal === null ? {} : { code: refusal.code }) };
}

export async function beginSet(context: PersonContext): Promise<Reply> {
  const { world, actor, t, form } = context;
  const read = readForm(t, beginForm, form);
  if ('problems' in read) return setsReply(context, { code: 422, problems: read.problems });
  const { lesson, ...details } = read.data;
  const set = await draftChangeSet(world, actor, details);
  const to = lesson === '' ? paths.changeSet.to(set.id) : paths.changeSetLesson.to(set.id, lesson);
  return { kind: 'redirect', to, said: { key: 'baseline:said.begun', values: { title: set.title } } };
}
