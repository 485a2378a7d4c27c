import { loadWorking } from '../../../commands/edition/loadWorking.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { concordancePage } from './concordancePage.ts';

async function show(context: EditionContext): Promise<Reply> {
  const { world, edition, query, t, language, now } = context;
  const [working, index] = await Promise.all([
    loadWorking(world.store, edition),
    world.store.translationMemory.index(edition.language, now),
  ]);
  const page = concordancePage({ t, language, now, working, entries: index.entries(), query });
  const title = page.asked
    ? t('memory:concordance.headline', { count: page.count, q: page.q })
    : t('memory:concordance.title');
  const data = {
    ...page,
    title,
    frame: await frameFor(context, 'lessons'),
    sheets: ['desk-edition.css', 'desk-memory.css'],
    languages: languagesOf(edition.language, language),
    paged: page.pages > 1,
    hrefs: { find: paths.concordance.to(edition.tag), glossary: paths.glossary.to(edition.tag) },
  };
  return { kind: 'page', view: 'desk/concordance/concordance', data };
}

export const concordanceRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.concordance.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: show,
  },
];
