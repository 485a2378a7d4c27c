import { z } from 'zod';
import { giveFeedback } from '../../commands/feedback/giveFeedback.ts';
import { reportHelpline } from '../../commands/feedback/reportHelpline.ts';
import { DomainError } from '../../domain/errors.ts';
import { type HardPart, hardParts, helplineFaults, minuteChoices, usables } from '../../domain/feedback/feedback.ts';
import { listField } from '../desk/fields.ts';
import { acceptForm } from '../desk/workbench/acceptForm.ts';
import { paths } from '../paths.ts';
import type { Context, Reply, Route } from '../route.ts';

const minutes = z
  .enum(['', ...minuteChoices.map(String)])
  .default('')
  .transform((text) => (text === '' ? null : Number(text)));
const answerForm = z.object({ usable: z.enum(usables), minutes });
const reportForm = z.object({
  line: z.string().min(1).max(100),
  fault: z.enum(helplineFaults),
});
const aboutForm = z.object({ about: z.enum(['lesson', 'helpline']) });

/** What was left open is asked for again; anything else that does not fit was not made by the page. */
function demandChoice(form: Context['form'], ...names: readonly string[]): void {
  const open = names.find((name) => form[name] === undefined || form[name] === '');
  if (open !== undefined) throw new DomainError('answerNeeded', { field: open });
}

/** Each once, in one order; what nobody offered is a form that was tampered with. */
function tickedParts(form: Context['form']): readonly HardPart[] {
  const ticked = listField(form, 'hard');
  if (ticked.some((each) => !hardParts.some((part) => part === each))) {
    throw new DomainError('formMalformed', { field: 'hard' });
  }
  return hardParts.filter((part) => ticked.includes(part));
}

async function take(context: Context): Promise<Reply> {
  const { world, params, form } = context;
  const at = { edition: params.edition ?? '', lesson: params.lesson ?? '' };
  const done = (outcome: string): Reply => ({
    kind: 'redirect',
    to: paths.feedbackTaken.to(at.edition, at.lesson, outcome),
  });
  if (acceptForm(aboutForm, form).about === 'lesson') {
    demandChoice(form, 'usable');
    const answer = acceptForm(answerForm, form);
    await giveFeedback(world, { ...at, answer: { ...answer, hard: tickedParts(form) } });
    return done('thanks');
  }
  demandChoice(form, 'line', 'fault');
  const { line, fault } = acceptForm(reportForm, form);
  await reportHelpline(world, { ...at, fact: line, fault });
  return done('reported');
}

/**
 * The one form of the public pages. Nothing is recorded beside its counts, so that no record tells when a school was at
 * a lesson; a reported helpline has an event of its own.
 */
export const feedbackRoutes: readonly Route[] = [
  {
    method: 'post',
    path: paths.feedback.pattern,
    allow: 'feedback:give',
    audit: 'nothing',
    about: 'nothing',
    open: true,
    handle: take,
  },
];
