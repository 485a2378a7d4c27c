import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { ledgerPage } from './ledgerPage.ts';

async function show(context: EditionContext): Promise<Reply> {
  const { edition, actor, t, language } = context;
  const desk = await loadDesk(context);
  const names = await namesOf(
    context,
    [...desk.working.ledger.values()].map((entry) => entry.owner),
  );
  const page = ledgerPage(t, desk, names);
  const data = {
    ...page,
    sheets: ['desk-edition.css'],
    title: page.headline,
    frame: await frameFor(context, 'ledger', placeCounts(desk, waitingOf(desk, actor))),
    tag: edition.tag,
    languages: languagesOf(edition.language, language),
  };
  return { kind: 'page', view: 'desk/ledger/ledger', data };
}

export const ledgerRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.ledger.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: show,
  },
];
