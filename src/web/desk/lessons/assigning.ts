import { z } from 'zod';
import { assignLesson } from '../../../commands/assignment/assignLesson.ts';
import { changeAssignment } from '../../../commands/assignment/changeAssignment.ts';
import { dropAssignment } from '../../../commands/assignment/dropAssignment.ts';
import type { Person } from '../../../domain/access/access.ts';
import { type AssignmentRole, assignmentRoles, canHold } from '../../../domain/edition/assignment.ts';
import { DomainError, type ErrorCode } from '../../../domain/errors.ts';
import { httpCode } from '../../middleware/errorCodes.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { listField, textField } from '../fields.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { asShow } from './filters.ts';

/** What was typed into an assignment's form, to be shown again when it could not be kept. */
export type TypedAssignment = {
  /** `bulk`, a lesson, or an assignment. */
  readonly at: string;
  readonly ticked: readonly string[];
  readonly person: string;
  readonly role: AssignmentRole;
  readonly due: string;
  readonly problem: string | null;
  /** The field that is wrong. */
  readonly field: 'person' | 'due' | 'lesson' | null;
  readonly code: number;
};

export const nothingTyped: TypedAssignment = {
  ...{ at: '', ticked: [], person: '', role: 'translate', due: '', problem: null, field: null, code: 200 },
};

/** Whom a lesson can be given to, and for what. */
export function candidates(people: readonly Person[], partner: string) {
  return people
    .filter((person) => canHold(person, 'translate', partner))
    .map((person) => ({ id: person.id, name: person.name, reviews: canHold(person, 'review', partner) }));
}

const fieldOf: Partial<Record<ErrorCode, 'person' | 'due' | 'lesson'>> = {
  assigneeUnfit: 'person',
  personUnknown: 'person',
  dueMalformed: 'due',
  nothingTicked: 'lesson',
  staleRevision: 'lesson',
};

const day = z.string().trim().max(10).default('');
const who = z.string().trim().max(100).default('');
const role = z.enum(assignmentRoles);

/** Tries; what can be mended goes back to the form, with everything that was typed. */
async function trying(
  context: EditionContext,
  work: () => Promise<Reply>,
  show: (typed: TypedAssignment) => Promise<Reply>,
): Promise<Reply> {
  const { form, t } = context;
  try {
    return await work();
  } catch (error) {
    const field = error instanceof DomainError ? fieldOf[error.code] : undefined;
    if (!(error instanceof DomainError) || field === undefined) throw error;
    const message =
      error.code === 'staleRevision' ? t('work:assign.changed') : t(`errors:${error.code}`, { ...error.data });
    return show({
      at: textField(form, 'at'),
      ticked: listField(form, 'lesson').map((each) => each.split(' ')[0] ?? ''),
      person: textField(form, 'person'),
      role: assignmentRoles.find((each) => each === textField(form, 'role')) ?? 'translate',
      due: textField(form, 'due'),
      problem: message,
      field,
      code: httpCode(error.code),
    });
  }
}

const backTo = ({ edition, form }: EditionContext): string => {
  const show = asShow(textField(form, 'show'));
  return `${paths.editionLessons.to(edition.tag)}${show === 'all' ? '' : `?${new URLSearchParams({ show })}`}`;
};

type Show = (context: EditionContext, typed: TypedAssignment) => Promise<Reply>;

/** Gives the ticked lessons, or the one of the row, to somebody. */
export function assign(show: Show) {
  return (context: EditionContext): Promise<Reply> =>
    trying(
      context,
      async () => {
        const { world, actor, edition, form } = context;
        const wish = acceptForm(z.object({ person: who, role, due: day }), form);
        const lessons = listField(form, 'lesson').map((each) => {
          const [lesson = '', stamp = ''] = each.split(' ');
          return { lesson, stamp };
        });
        const due = wish.due === '' ? null : wish.due;
        const given = await assignLesson(world, actor, { edition: edition.tag, lessons, ...wish, due });
        const person = await world.store.people.byId(wish.person);
        const values = { name: person?.name ?? '', lessons: given.map((each) => each.lesson).join(', ') };
        return { kind: 'redirect', to: backTo(context), said: { key: `work:said.${wish.role}`, values } };
      },
      (typed) => show(context, typed),
    );
}

const changeForm = z.object({ revision, person: who, due: day });

/** Another date, or other hands. */
export function change(show: Show) {
  return (context: EditionContext): Promise<Reply> =>
    trying(
      context,
      async () => {
        const { world, actor, edition, params, form } = context;
        const { revision: seen, person, due } = acceptForm(changeForm, form);
        const at = { edition: edition.tag, assignment: params.assignment ?? '', revision: seen };
        const next = await changeAssignment(world, actor, at, { person, due: due === '' ? null : due });
        const name = (await world.store.people.byId(next.person))?.name ?? '';
        return {
          kind: 'redirect',
          to: backTo(context),
          said: { key: 'work:said.changed', values: { name, lesson: next.lesson } },
        };
      },
      (typed) => show(context, typed),
    );
}

/** Takes a lesson out of somebody's hands. */
export function drop(show: Show) {
  return (context: EditionContext): Promise<Reply> =>
    trying(
      context,
      async () => {
        const { world, actor, edition, params, form } = context;
        const { revision: seen } = acceptForm(z.object({ revision }), form);
        const assignment = params.assignment ?? '';
        const before = await world.store.assignments.byId(assignment);
        await dropAssignment(world, actor, { edition: edition.tag, assignment, revision: seen });
        const name = (await world.store.people.byId(before?.person ?? ''))?.name ?? '';
        const values = { name, lesson: before?.lesson ?? '' };
        return { kind: 'redirect', to: backTo(context), said: { key: 'work:said.dropped', values } };
      },
      (typed) => show(context, typed),
    );
}
