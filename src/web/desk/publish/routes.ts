import { withdrawEdition } from '../../../commands/publication/withdrawEdition.ts';
import { can } from '../../../domain/access/can.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { PublicationRuns } from '../../../jobs/publications.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { listField, revisionField, textField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { filesProgress, filesView } from './filesView.ts';
import { lessonRows, runView } from './publishPage.ts';

/** The publish page and what follows it. The runs live outside, because they go on when the page is left. */
export function publishRoutes(runs: PublicationRuns): readonly Route[] {
  const show = async (context: EditionContext): Promise<Reply> => {
    const { world, edition, actor, t } = context;
    const { store } = world;
    const run = runView(runs.of(edition.tag), t);
    const files = filesView(edition.publication === null ? null : world.site.files(edition.tag), t);
    if (context.query.progress !== undefined) {
      return {
        kind: 'json',
        data: {
          ...(context.query.progress === 'files' ? filesProgress(files) : run),
          next: paths.publish.to(edition.tag),
        },
      };
    }
    const { late } = await world.site.reach();
    const publications = await store.publications.ofEdition(edition.tag);
    const current = publications.find((publication) => publication.number === edition.publication) ?? null;
    const lessons = await lessonRows(context, current);
    const next = (await store.publications.newestNumber(edition.tag)) + 1;
    const offered = lessons.filter((lesson) => lesson.offered);
    const stopped = offered.filter((lesson) => !lesson.ready).length;
    const ready = offered.some((lesson) => lesson.ready);
    const publish = can(actor, 'edition:publish', { partner: edition.partner });
    const may = {
      publish,
      /** Without a lesson that is ready, and with nothing out yet, there is nothing to send. */
      send: publish && (ready || current !== null),
      withdraw: can(actor, 'edition:withdraw', { partner: edition.partner }),
    };
    const title = run?.running
      ? t('publish:headline.running', { number: next })
      : offered.length === 0
        ? t('publish:headline.nothing')
        : t('publish:headline.stopped', { count: stopped, number: next });
    const data = {
      title,
      frame: await frameFor(context, 'publish'),
      next,
      lessons,
      ready,
      stopped,
      may,
      run,
      files,
      late: late.find((each) => each.edition === null || each.edition === edition.tag) ?? null,
      current,
      publicPage: edition.publication === null ? null : paths.edition.to(edition.tag),
      withdrawn: edition.withdrawn,
      demonstration: edition.demonstration,
      revision: edition.revision,
      progressUrl: `${paths.publish.to(edition.tag)}?progress=run`,
      filesUrl: `${paths.publish.to(edition.tag)}?progress=files`,
      publications: publications.map(({ number, on, kind, lessons: entries }) => ({
        number,
        on,
        kind,
        count: entries.length,
        href: paths.publication.to(edition.tag, String(number)),
      })),
      hrefs: {
        publish: paths.publish.to(edition.tag),
        withdraw: paths.withdrawal.to(edition.tag),
        filesAgain: paths.filesAgain.to(edition.tag),
        lessons: paths.editionLessons.to(edition.tag),
        summaries: paths.summaries.to(edition.tag),
        feedback: paths.deskFeedback.to(edition.tag),
      },
    };
    return { kind: 'page', view: 'desk/publish/publish', data };
  };

  const publish = async ({ actor, edition, form }: EditionContext): Promise<Reply> => {
    const factsOnly = textField(form, 'factsOnly') === 'yes';
    const lessons = factsOnly ? [] : listField(form, 'lesson');
    if (!factsOnly && lessons.length === 0) throw new DomainError('nothingToPublish');
    const revision = revisionField(form, 'revision');
    if (edition.revision !== revision) throw new DomainError('staleRevision', {});
    runs.start(actor, { edition: edition.tag, lessons, revision });
    return { kind: 'redirect', to: paths.publish.to(edition.tag) };
  };

  /** The files that could not be made, once more; the page goes on to tell how far they are. */
  const filesAgain = async ({ world, edition }: EditionContext): Promise<Reply> => {
    const count = world.site.retryFiles(edition.tag);
    const said =
      count === 0 ? { key: 'publish:said.filesThere' } : { key: 'publish:said.filesAgain', values: { count } };
    return { kind: 'redirect', to: `${paths.publish.to(edition.tag)}#files`, said };
  };

  const withdraw = async ({ world, actor, edition, form }: EditionContext): Promise<Reply> => {
    await withdrawEdition(world, actor, {
      edition: edition.tag,
      reason: textField(form, 'reason'),
      revision: revisionField(form, 'revision'),
    });
    return { kind: 'redirect', to: paths.publish.to(edition.tag), said: { key: 'publish:said.withdrawn' } };
  };

  const publication = async (context: EditionContext): Promise<Reply> => {
    const { world, edition, params, t } = context;
    const number = Number(params.number);
    const found = Number.isInteger(number) ? await world.store.publications.byNumber(edition.tag, number) : null;
    if (found === null) throw new DomainError('publicationUnknown', { number: params.number ?? '' });
    const by = await world.store.people.byId(found.by);
    const data = {
      title: t('publish:publication.title', { number: found.number, edition: edition.tag }),
      frame: await frameFor(context, 'publish'),
      publication: found,
      by: by?.name ?? '',
    };
    return { kind: 'page', view: 'desk/publish/publication', data };
  };

  const edition = 'edition' as const;
  return [
    {
      method: 'get',
      path: paths.publish.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: edition,
      handle: show,
    },
    {
      method: 'post',
      path: paths.publish.pattern,
      allow: 'edition:publish',
      audit: 'edition/publish',
      about: edition,
      handle: publish,
    },
    {
      method: 'post',
      path: paths.filesAgain.pattern,
      allow: 'edition:publish',
      audit: 'edition/filesAgain',
      about: edition,
      handle: filesAgain,
    },
    {
      method: 'post',
      path: paths.withdrawal.pattern,
      allow: 'edition:withdraw',
      audit: 'edition/withdraw',
      about: edition,
      handle: withdraw,
    },
    {
      method: 'get',
      path: paths.publication.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: edition,
      handle: publication,
    },
  ];
}
