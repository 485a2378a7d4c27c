import {
  approveChangeSet,
  describeChangeSet,
  discardChangeSet,
  reopenChangeSet,
  submitChangeSet,
} from '../../../commands/baseline/draftChangeSet.ts';
import { importLesson } from '../../../commands/baseline/importLesson.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { attempt, type Refusal } from '../baseline/problems.ts';
import { sheets } from '../baseline/sheets.ts';
import { presentDryRun } from '../releases/dryRun.ts';
import { impactOfSets } from '../releases/impact.ts';
import { namesOf } from '../today/loadDesk.ts';
import { type Details, detailsForm as detailsSchema, readForm, revisionForm, submissionForm, ticked } from './forms.ts';
import { type LoadedSet, loadSet, othersWho } from './loadSet.ts';
import { detailsForm, newFindings, setLines, waitsFor } from './setPage.ts';

type Shown = { readonly refusal?: Refusal; readonly typed?: Details };

const fields: Partial<Record<ErrorCode, string>> = {
  reasonNeeded: 'reason',
  severityTooLow: 'severity',
  variantUntouched: 'cleared',
  contentMalformed: 'file',
  segmentDuplicate: 'file',
  segmentReused: 'file',
  segmentUnknown: 'file',
  factUnknown: 'file',
  fileMissing: 'file',
};

export const showSet = (context: PersonContext): Promise<Reply> => setReply(context, {});

/** The page of a set, with what was refused and what was typed. */
export async function setReply(context: PersonContext, { refusal, typed }: Shown): Promise<Reply> {
  const { world, t, actor, person } = context;
  const loaded = await loadSet(world.store, context.params.set ?? '');
  const { set, packages } = loaded;
  const [names, approvers, open] = await Promise.all([
    namesOf(context, [set.author, set.approvedBy]),
    othersWho(world.store, 'changeSet:approve', set.author),
    world.store.changeSets.open(),
  ]);
  const draft = set.state === 'draft';
  const data = {
    title: set.title,
    sheets,
    frame: await baselineFrame(context, 'changeSets'),
    set,
    draft,
    problems: refusal?.problems ?? [],
    invalid: Object.fromEntries((refusal?.problems ?? []).map(({ field, message }) => [field ?? '', message])),
    author: names.get(set.author) ?? '',
    approvedBy: names.get(set.approvedBy ?? '') ?? '',
    approvers: approvers.map((each) => each.name),
    ...setLines(t, set, packages),
    misfit: packages.after === null,
    details: detailsForm(t, set, packages, typed ?? null),
    waits: draft ? waitsFor(t, set, packages, open) : [],
    findings: draft || set.state === 'submitted' ? newFindings(t, packages) : [],
    impact: await impactFor(context, loaded),
    may: {
      approve: set.state === 'submitted' && set.author !== person.id && can(actor, 'changeSet:approve'),
      reopen: set.state === 'submitted' || set.state === 'approved',
      release: set.state === 'approved' && can(actor, 'release:make'),
    },
    hrefs: {
      details: paths.changeSetDetails.to(set.id),
      submission: paths.changeSetSubmission.to(set.id),
      approval: paths.changeSetApproval.to(set.id),
      changes: paths.changeSetChanges.to(set.id),
      import: paths.changeSetImport.to(set.id),
      release: `${paths.releases.to()}?sets=${set.id}#next`,
    },
  };
  return { kind: 'page', view: 'desk/changeSets/set', data, ...(refusal === undefined ? {} : { code: refusal.code }) };
}

/** The dry run of this set alone, also before anybody approved it. */
async function impactFor(context: PersonContext, { set, packages }: LoadedSet) {
  const open = set.state === 'draft' || set.state === 'submitted' || set.state === 'approved';
  if (!open || set.changes.length === 0 || packages.after === null) return null;
  try {
    return presentDryRun(context, await impactOfSets(context, [set]), [set.id], {});
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

export async function saveDetails(context: PersonContext): Promise<Reply> {
  const { world, actor, t, params, form } = context;
  const set = params.set ?? '';
  const read = readForm(t, detailsSchema, form);
  if ('problems' in read) {
    if (read.tampered !== null) throw new DomainError('formMalformed', { field: read.tampered });
    return setReply(context, { refusal: { code: 422, problems: read.problems }, typed: typedDetails(form) });
  }
  const { revision, due, ...fixed } = read.data;
  const details = { ...fixed, evidence: ticked(form, 'evidence') };
  const cleared = ticked(form, 'cleared');
  const tried = await attempt(t, fields, () =>
    describeChangeSet(
      world,
      actor,
      { set, revision },
      {
        ...details,
        due: details.severity === 'safety' && due !== '' ? due : null,
        clearedVariants: cleared,
      },
    ),
  );
  if ('refused' in tried) return setReply(context, { refusal: tried.refused, typed: { ...details, due, cleared } });
  return { kind: 'redirect', to: paths.changeSet.to(set), said: { key: 'baseline:said.details' } };
}

/** What was typed, whether it can be stored or not. */
function typedDetails(form: PersonContext['form']): Details {
  const text = (name: string) => [form[name] ?? ''].flat().at(-1) ?? '';
  const severity = (['editorial', 'content', 'safety'] as const).find((each) => each === text('severity')) ?? 'content';
  const { title, reason, summary, due } = {
    title: text('title'),
    reason: text('reason'),
    summary: text('summary'),
    due: text('due'),
  };
  return {
    title,
    severity,
    reason,
    summary,
    due,
    evidence: ticked(form, 'evidence'),
    cleared: ticked(form, 'cleared'),
  };
}

const steps = { submit: submitChangeSet, reopen: reopenChangeSet, discard: discardChangeSet } as const;

export async function moveSet(context: PersonContext): Promise<Reply> {
  const { world, actor, t, params, form } = context;
  const set = params.set ?? '';
  const read = readForm(t, submissionForm, form);
  if ('problems' in read) throw new DomainError('formMalformed', { field: read.tampered ?? '' });
  const { verb, revision } = read.data;
  const tried = await attempt(t, fields, () => steps[verb](world, actor, { set, revision }));
  if ('refused' in tried) return setReply(context, { refusal: tried.refused });
  const to = verb === 'discard' ? paths.changeSets.to() : paths.changeSet.to(set);
  return { kind: 'redirect', to, said: { key: `baseline:said.${verb}`, values: { title: tried.done.title } } };
}

export async function approveSet(context: PersonContext): Promise<Reply> {
  const { world, actor, t, params, form } = context;
  const set = params.set ?? '';
  const read = readForm(t, revisionForm, form);
  if ('problems' in read) throw new DomainError('formMalformed', { field: read.tampered ?? '' });
  const tried = await attempt(t, fields, () => approveChangeSet(world, actor, { set, ...read.data }));
  if ('refused' in tried) return setReply(context, { refusal: tried.refused });
  return { kind: 'redirect', to: paths.changeSet.to(set), said: { key: 'baseline:said.approve' } };
}

export async function importFile(context: PersonContext): Promise<Reply> {
  const { world, actor, t, params, form, upload } = context;
  const set = params.set ?? '';
  const read = readForm(t, revisionForm, form);
  if ('problems' in read) throw new DomainError('formMalformed', { field: read.tampered ?? '' });
  const tried = await attempt(t, fields, async () => {
    if (upload === null || upload.name === '') throw new DomainError('fileMissing');
    return importLesson(world, actor, { set, ...read.data }, upload);
  });
  if ('refused' in tried) return setReply(context, { refusal: tried.refused });
  const { lesson, set: changed } = tried.done;
  const values = { lesson, count: changed.changes.length };
  return { kind: 'redirect', to: paths.changeSet.to(set), said: { key: 'baseline:said.import', values } };
}
