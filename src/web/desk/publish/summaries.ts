import { summarizeChange } from '../../../commands/edition/summarizeChange.ts';
import { can } from '../../../domain/access/can.ts';
import { longestSummary } from '../../../domain/edition/summarize.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { revisionField, textField } from '../fields.ts';
import { frameFor } from '../frame.ts';

/** Words that were refused, shown again with the reason. */
type Refused = { readonly set: string; readonly text: string; readonly message: string };

/** Every change that an edition's readers may be told of, newest first, with its words in both languages. */
async function show(context: EditionContext, refused?: Refused): Promise<Reply> {
  const { world, actor, edition, t } = context;
  const releases = [...(await world.store.releases.all())].sort((one, other) => other.on.localeCompare(one.on));
  const sets = releases.flatMap((release) =>
    release.sets.map(({ id, severity, title, summary }) => {
      const mine = refused?.set === id ? refused : null;
      const own = edition.summaries?.[id] ?? null;
      return {
        ...{ id, severity, title, summary, release: release.number, on: release.on },
        text: mine?.text ?? own?.text ?? '',
        problem: mine?.message ?? null,
        since: own?.on ?? null,
      };
    }),
  );
  const data = {
    title: t('publish:summaries.title'),
    frame: await frameFor(context, 'publish'),
    problems: refused === undefined ? [] : [{ field: `text-${refused.set}`, message: refused.message }],
    sets,
    missing: sets.filter(({ since }) => since === null).length,
    language: edition.language,
    may: can(actor, 'edition:manage', { partner: edition.partner }),
    longest: longestSummary,
    revision: edition.revision,
    hrefs: { summaries: paths.summaries.to(edition.tag), publish: paths.publish.to(edition.tag) },
  };
  return { kind: 'page', view: 'desk/publish/summaries', data, ...(refused === undefined ? {} : { code: 422 }) };
}

async function save(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const set = textField(form, 'set');
  const text = textField(form, 'text');
  try {
    await summarizeChange(world, actor, { edition: edition.tag, set, text, revision: revisionField(form, 'revision') });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'summaryTooLong') throw error;
    return show(context, { set, text, message: t('errors:summaryTooLong', { ...error.data }) });
  }
  const said = { key: text.trim() === '' ? 'publish:said.summaryTaken' : 'publish:said.summary', values: { set } };
  return { kind: 'redirect', to: `${paths.summaries.to(edition.tag)}#set-${encodeURIComponent(set)}`, said };
}

const shared = { path: paths.summaries.pattern, about: 'edition' } as const;

export const summariesRoutes: readonly Route[] = [
  {
    ...shared,
    method: 'get',
    allow: 'edition:read',
    audit: 'nothing',
    handle: (context: EditionContext) => show(context),
  },
  { ...shared, method: 'post', allow: 'edition:manage', audit: 'edition/summary', handle: save },
];
