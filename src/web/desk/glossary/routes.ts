import { z } from 'zod';
import { loadWorking } from '../../../commands/edition/loadWorking.ts';
import { dropTerm, saveTerm } from '../../../commands/glossary/saveTerm.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError } from '../../../domain/errors.ts';
import { termReview } from '../../../domain/memory/termReview.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { namesOf } from '../today/loadDesk.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { glossaryPage, type RefusedTerm } from './glossaryPage.ts';
import { reviewRows } from './reviewRows.ts';
import { termFieldsOf } from './termForm.ts';

type Refused = RefusedTerm & { readonly code: number };

async function show(context: EditionContext, refused: Refused | null = null): Promise<Reply> {
  const { world, edition, actor, query, t, language } = context;
  const [terms, working] = await Promise.all([
    world.store.glossary.ofLanguage(edition.language),
    loadWorking(world.store, edition),
  ]);
  const names = await namesOf(
    context,
    terms.map((term) => term.by).filter((by) => by !== 'seed'),
  );
  const mayWrite = can(actor, 'glossary:write', { partner: edition.partner });
  const languages = languagesOf(edition.language, language);
  const title = t('memory:glossary.headline', { count: terms.length, language: languages.name });
  const data = {
    ...glossaryPage({ t, tag: edition.tag, terms, names, opened: query.term, mayWrite, refused }),
    title,
    frame: await frameFor(context, 'lessons'),
    sheets: ['desk-edition.css', 'desk-memory.css'],
    tag: edition.tag,
    languages,
    mayWrite,
    deviate: termReview(working, terms).length,
    hrefs: {
      add: `${paths.glossary.to(edition.tag)}?term=new#term-form`,
      review: paths.termReview.to(edition.tag),
      concordance: paths.concordance.to(edition.tag),
      lessons: paths.editionLessons.to(edition.tag),
    },
    problems: refused === null ? [] : [{ field: 'source', message: refused.message }],
  };
  return { kind: 'page', view: 'desk/glossary/glossary', data, ...(refused === null ? {} : { code: refused.code }) };
}

const mendable = new Set(['termIncomplete', 'termDouble', 'staleRevision']);

async function save(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const id = params.term ?? null;
  const { revision: started } = acceptForm(z.object({ revision }), context.form);
  const fields = termFieldsOf(context.form);
  try {
    const term = await saveTerm(world, actor, { edition: edition.tag, id, ...fields, revision: started });
    return {
      kind: 'redirect',
      to: `${paths.glossary.to(edition.tag)}#term-${term.id}`,
      said: { key: 'memory:glossary.saved', values: { term: term.source.text } },
    };
  } catch (error) {
    if (!(error instanceof DomainError) || !mendable.has(error.code)) throw error;
    const stale = error.code === 'staleRevision';
    const message = stale ? t('memory:glossary.conflict') : t(`errors:${error.code}`, error.data);
    return show(context, { id, fields, message, code: stale ? 409 : 422 });
  }
}

async function remove({ world, actor, edition, params, form }: EditionContext): Promise<Reply> {
  const id = params.term ?? '';
  const { revision: started } = acceptForm(z.object({ revision }), form);
  const term = await world.store.glossary.byId(edition.language, id);
  await dropTerm(world, actor, { edition: edition.tag, id, revision: started });
  return {
    kind: 'redirect',
    to: paths.glossary.to(edition.tag),
    said: { key: 'memory:glossary.removed', values: { term: term?.source.text ?? id } },
  };
}

async function review(context: EditionContext): Promise<Reply> {
  const { world, edition, t, language } = context;
  const [terms, working] = await Promise.all([
    world.store.glossary.ofLanguage(edition.language),
    loadWorking(world.store, edition),
  ]);
  const found = termReview(working, terms);
  const rows = reviewRows(t, working, found);
  const data = {
    title: t('memory:review.headline', { count: found.length }),
    frame: await frameFor(context, 'lessons'),
    sheets: ['desk-edition.css', 'desk-memory.css'],
    rows,
    languages: languagesOf(edition.language, language),
    hrefs: { glossary: paths.glossary.to(edition.tag) },
  };
  return { kind: 'page', view: 'desk/glossary/review', data };
}

const about = 'edition' as const;
export const glossaryRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.glossary.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about,
    handle: (context) => show(context),
  },
  { method: 'get', path: paths.termReview.pattern, allow: 'edition:read', audit: 'nothing', about, handle: review },
  { method: 'post', path: paths.newTerm.pattern, allow: 'glossary:write', audit: 'term/add', about, handle: save },
  { method: 'post', path: paths.term.pattern, allow: 'glossary:write', audit: 'term/change', about, handle: save },
  {
    method: 'post',
    path: paths.termRemoval.pattern,
    allow: 'glossary:write',
    audit: 'term/remove',
    about,
    handle: remove,
  },
];
