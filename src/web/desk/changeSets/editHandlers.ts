import { editChangeSet } from '../../../commands/baseline/draftChangeSet.ts';
import type { EditChangeSet } from '../../../commands/baseline/loadChangeSet.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';
import type { Change } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { rowAnchor } from '../baseline/lessonText.ts';
import { attempt, type Refusal } from '../baseline/problems.ts';
import { sheets } from '../baseline/sheets.ts';
import { textField } from '../fields.ts';
import { draftTitle, editingSections, type Opened } from './editingPage.ts';
import { segmentChanges, setChanges } from './editVerbs.ts';
import { changesForm, readForm, segmentForm } from './forms.ts';
import { loadSet } from './loadSet.ts';
import { reachOf } from './reach.ts';
import { setReply } from './setHandlers.ts';

const fields: Partial<Record<ErrorCode, string>> = { segmentReused: 'id', factUnknown: 'text' };

export async function showEditing(context: PersonContext): Promise<Reply> {
  const { query } = context;
  const opened = { segment: query.segment ?? '', section: query.section ?? '', typed: null };
  return editingReply(context, context.params.lesson ?? '', opened, null);
}

async function editingReply(
  context: PersonContext,
  lesson: string,
  opened: Opened,
  refusal: Refusal | null,
): Promise<Reply> {
  const { world, t, params } = context;
  const { set, packages } = await loadSet(world.store, params.set ?? '');
  const both = { before: packages.before, after: packages.after ?? packages.before };
  const lessonTitle = draftTitle(both, lesson);
  if (lessonTitle === null) throw new DomainError('lessonUnknown', { lesson });
  const editable = set.state === 'draft' && packages.after !== null;
  const { sections, form } = editingSections(t, both, set, lesson, opened);
  const typedText = opened.typed === null ? '' : textField(opened.typed, 'text');
  const source = both.before.segments[opened.segment] ?? both.after.segments[opened.segment];
  const saved = both.after.segments[opened.segment]?.text ?? '';
  const data = {
    title: lessonTitle,
    lesson,
    sheets,
    frame: await baselineFrame(context, 'changeSets'),
    set,
    editable,
    sections,
    form: editable ? form : null,
    reach: editable && form !== null && source !== undefined ? await reachOf(world.store, source) : null,
    marked: sections.reduce((sum, section) => sum + section.rows.filter((row) => row.state !== 'same').length, 0),
    problems: refusal?.problems ?? [],
    invalid: Object.fromEntries((refusal?.problems ?? []).map(({ field, message }) => [field ?? '', message])),
    /** Somebody else saved: both texts, so that nobody loses one. */
    twoWriters: refusal?.code === 409 && typedText !== '' ? { ours: typedText, theirs: saved } : null,
    others: both.after.lessons.map(({ id }) => ({
      id,
      href: paths.changeSetLesson.to(set.id, id),
      current: id === lesson,
    })),
    hrefs: { set: paths.changeSet.to(set.id), changes: paths.changeSetChanges.to(set.id) },
  };
  return { kind: 'page', view: 'desk/changeSets/editing', data, ...(refusal === null ? {} : { code: refusal.code }) };
}

/** One segment's form: the verb decides. */
export async function changeSegment(context: PersonContext): Promise<Reply> {
  const { world, t, form, params } = context;
  const segment = params.segment ?? '';
  const read = readForm(t, segmentForm, form);
  if ('problems' in read) return refuse(context, segment, read.problems, read.tampered);
  const wish = read.data;
  const { packages } = await loadSet(world.store, params.set ?? '');
  const edit = (lessonPackage: LessonPackage) => segmentChanges(lessonPackage, packages.before, segment, wish);
  return save(context, segment, wish, edit, {
    key: `baseline:said.${wish.verb}`,
    segment: wish.verb === 'add' || wish.verb === 'join' ? wish.id : wish.verb === 'split' ? wish.id1 : segment,
  });
}

/** A first segment of a section; everything about one subject taken back. */
export async function changeSet(context: PersonContext): Promise<Reply> {
  const { world, t, form, params } = context;
  const read = readForm(t, changesForm, form);
  if ('problems' in read) return refuse(context, '', read.problems, read.tampered);
  const wish = read.data;
  const { set, packages } = await loadSet(world.store, params.set ?? '');
  const edit = (lessonPackage: LessonPackage) => setChanges(lessonPackage, packages.before, set.changes, wish);
  if (wish.verb === 'add') return save(context, '', wish, edit, { key: 'baseline:said.add', segment: wish.id });
  const input = { set: set.id, revision: wish.revision };
  const tried = await attempt(t, {}, () => editChangeSet(world, context.actor, input, edit));
  if ('refused' in tried) return setReply(context, { refusal: tried.refused });
  const said = { key: 'baseline:said.takeBack', values: { subject: wish.subject } };
  return { kind: 'redirect', to: `${paths.changeSet.to(set.id)}#changes`, said };
}

type Wish = { readonly revision: number; readonly lesson: string; readonly section: string };

async function save(
  context: PersonContext,
  segment: string,
  wish: Wish,
  edit: (lessonPackage: LessonPackage) => readonly Change[],
  said: { readonly key: string; readonly segment: string },
): Promise<Reply> {
  const { world, actor, t, params, form } = context;
  const input: EditChangeSet = { set: params.set ?? '', revision: wish.revision };
  const tried = await attempt(t, fields, () => editChangeSet(world, actor, input, edit));
  if ('refused' in tried) {
    return editingReply(context, wish.lesson, { segment, section: wish.section, typed: form }, tried.refused);
  }
  const to = `${paths.changeSetLesson.to(input.set, wish.lesson)}#${rowAnchor(wish.section, said.segment)}`;
  return { kind: 'redirect', to, said: { key: said.key, values: { segment: said.segment } } };
}

async function refuse(
  context: PersonContext,
  segment: string,
  problems: Refusal['problems'],
  tampered: string | null,
): Promise<Reply> {
  const { form } = context;
  if (tampered !== null) throw new DomainError('formMalformed', { field: tampered });
  const opened = { segment, section: textField(form, 'section'), typed: form };
  return editingReply(context, textField(form, 'lesson'), opened, { code: 422, problems });
}
