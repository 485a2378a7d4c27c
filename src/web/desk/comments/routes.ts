import { z } from 'zod';
import { resolveComment } from '../../../commands/comments/resolveComment.ts';
import { writeComment } from '../../../commands/comments/writeComment.ts';
import { commentAddressees } from '../../../domain/comment/comment.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { acceptForm } from '../workbench/acceptForm.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { lessonOf, showForm } from '../workbench/wayOn.ts';
import { showQuestions } from './questions.ts';

/** `from`: the page to go back to. */
const writtenForm = showForm.extend({
  to: z.enum(commentAddressees).catch('colleagues'),
  text: z.string().max(20_000).default(''),
  answers: z.string().max(100).default(''),
  from: z.enum(['workbench', 'questions']).catch('workbench'),
});

async function write(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(writtenForm, context.form);
  const answers = form.answers === '' ? null : form.answers;
  await writeComment(world, actor, { edition: edition.tag, segment, to: form.to, text: form.text, answers });
  return back(context, form, segment, answers === null ? 'written' : 'answered');
}

const closedForm = showForm.extend({
  segment: z.string().max(200).default(''),
  from: z.enum(['workbench', 'questions']).catch('workbench'),
});

async function close(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const form = acceptForm(closedForm, context.form);
  const closed = await resolveComment(world, actor, { edition: edition.tag, comment: params.comment ?? '' });
  return back(context, form, closed.segment, 'closed');
}

async function back(
  context: EditionContext,
  form: Pick<z.infer<typeof writtenForm>, 'from' | 'lesson' | 'show'>,
  segment: string,
  done: string,
): Promise<Reply> {
  const said = { key: `bench:comments.said.${done}`, values: { segment } };
  if (form.from === 'questions') return { kind: 'redirect', to: paths.questions.to(), said };
  const lesson = await lessonOf(context, form.lesson, segment);
  const [address = ''] = unitHref(context.edition.tag, lesson, segment, form.show).split('#');
  return { kind: 'redirect', to: `${address}#comments`, said };
}

export const commentRoutes: readonly Route[] = [
  {
    method: 'post',
    path: paths.unitComments.pattern,
    allow: 'comment:write',
    audit: 'comment/write',
    about: 'edition',
    handle: write,
  },
  {
    method: 'post',
    path: paths.commentClosing.pattern,
    allow: 'comment:write',
    audit: 'comment/close',
    about: 'edition',
    handle: close,
  },
  {
    method: 'get',
    path: paths.questions.pattern,
    allow: 'changeSet:write',
    audit: 'nothing',
    about: 'person',
    handle: showQuestions,
  },
];
