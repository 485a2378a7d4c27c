import { readFeedback } from '../../../commands/feedback/readFeedback.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { feedbackPage } from './feedbackPage.ts';

async function show(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, t } = context;
  const page = feedbackPage(t, edition.tag, await readFeedback(world, actor, edition));
  const data = {
    ...page,
    title: t('feedback:desk.title'),
    lang: edition.language,
    frame: await frameFor(context, 'lessons'),
    sheets: ['desk-edition.css'],
  };
  return { kind: 'page', view: 'desk/feedback/feedback', data };
}

export const deskFeedbackRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.deskFeedback.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: show,
  },
];
