import { z } from 'zod';
import { upstreamPackage } from '../../../commands/edition/upstreamPackage.ts';
import { confirmFact, proposeFact, suspendFact } from '../../../commands/facts/changeFact.ts';
import { DomainError } from '../../../domain/errors.ts';
import { factIn } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm } from '../workbench/acceptForm.ts';
import { factHref } from '../workbench/hrefs.ts';
import { factForm, factValueOf, fieldsOf } from './factFields.ts';
import { factsPage, type Typed } from './factsPage.ts';

/** What was sent and could not be kept; `field` is where to mend it. */
type Refused = Typed & { readonly field: string; readonly code?: number };

async function show(context: EditionContext, refused: Refused | null = null): Promise<Reply> {
  const { world, edition, actor, query, t, language } = context;
  const desk = await loadDesk(context);
  const [names, colleagues] = await Promise.all([
    namesOf(context, [
      ...desk.values.flatMap((value) => [value.check?.by, value.suspended?.by]),
      ...desk.proposals.map((proposal) => proposal.by),
    ]),
    world.store.people.ofPartner(edition.partner),
  ]);
  const opened = refused?.key ?? query.fact;
  const page = factsPage({ t, actor, names, colleagues }, desk, opened, refused);
  const nameOf = (type: 'region' | 'language', code: string) =>
    new Intl.DisplayNames(language, { type }).of(code) ?? code;
  const data = {
    ...page,
    sheets: ['desk-edition.css'],
    title: page.headline,
    frame: await frameFor(context, 'facts', placeCounts(desk, waitingOf(desk, actor))),
    tag: edition.tag,
    country: nameOf('region', edition.country),
    spoken: nameOf('language', edition.language),
    lang: edition.language,
    today: desk.today,
    problems: refused === null ? [] : [{ field: refused.field, message: refused.message }],
  };
  return { kind: 'page', view: 'desk/facts/facts', data, ...(refused === null ? {} : { code: refused.code ?? 422 }) };
}

/** Where each problem of a value is mended. */
const fieldOf: Readonly<Record<string, string>> = {
  phoneMalformed: 'field-phone',
  displayMalformed: 'field-display',
  urlMalformed: 'field-url',
  yearsMalformed: 'field-years',
};

async function propose(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const key = params.fact ?? '';
  const form = acceptForm(factForm, context.form);
  const definition = factIn(await upstreamPackage(world.store, edition), key);
  if (definition === undefined) throw new DomainError('factUnknown', { fact: key });
  const { neutral, wording } = factValueOf(definition.type, form);
  const value = { neutral, wording, source: form.source, certainty: form.certainty };
  const seen = context.form.seen === undefined ? {} : { seen: textField(context.form, 'seen') };
  const { method, reason } = form;
  try {
    await proposeFact(world, actor, { edition: edition.tag, key, value, method, reason, ...seen });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    // What somebody else proposed meanwhile stands above what was typed.
    if (error.code === 'staleRevision') {
      return show(context, { key, values: form, message: t('errors:staleRevision'), field: 'fact-form', code: 409 });
    }
    if (error.code !== 'factMalformed' && error.code !== 'reasonNeeded') throw error;
    const problem = String(error.data.problem ?? 'reasonNeeded');
    const message = t(`edition:facts.malformed.${problem}`);
    return show(context, { key, values: form, message, field: fieldOf[problem] ?? 'fact-form' });
  }
  return {
    kind: 'redirect',
    to: factHref(edition.tag, key),
    said: { key: 'edition:facts.said.proposed', values: { key } },
  };
}

const confirmForm = z.object({ at: z.string().max(40), wish: z.enum(['accept', 'decline']) });

async function confirm({ world, actor, edition, params, form }: EditionContext): Promise<Reply> {
  const key = params.fact ?? '';
  const { at, wish } = acceptForm(confirmForm, form);
  await confirmFact(world, actor, { edition: edition.tag, key, at, accept: wish === 'accept' });
  return {
    kind: 'redirect',
    to: `${paths.facts.to(edition.tag)}#fact-${encodeURIComponent(key)}`,
    said: { key: `edition:facts.said.${wish}`, values: { key } },
  };
}

const suspendForm = z.object({ reason: z.string().trim().max(500).default('') });

async function suspend(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const key = params.fact ?? '';
  const { reason } = acceptForm(suspendForm, context.form);
  try {
    await suspendFact(world, actor, { edition: edition.tag, key, reason });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'reasonNeeded') throw error;
    const stored = await world.store.facts.byKey(edition.country, key);
    const values = fieldsOf(stored ?? undefined, edition.language);
    return show(context, { key, values, message: t('edition:facts.suspendReason'), field: 'suspend-reason' });
  }
  return {
    kind: 'redirect',
    to: factHref(edition.tag, key),
    said: { key: 'edition:facts.said.suspended', values: { key } },
  };
}

export const factsRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.facts.pattern,
    allow: 'facts:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => show(context),
  },
  {
    method: 'post',
    path: paths.fact.pattern,
    allow: 'facts:propose',
    audit: 'fact/propose',
    about: 'edition',
    handle: propose,
  },
  {
    method: 'post',
    path: paths.factConfirmation.pattern,
    allow: 'facts:confirm',
    audit: 'fact/confirm',
    about: 'edition',
    handle: confirm,
  },
  {
    method: 'post',
    path: paths.factSuspension.pattern,
    allow: 'facts:suspend',
    audit: 'fact/suspend',
    about: 'edition',
    handle: suspend,
  },
];
