import { z } from 'zod';
import { planSister, seedFromSister, sistersOf } from '../../../commands/edition/seedFromSister.ts';
import { can } from '../../../domain/access/can.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { languagesOf } from '../workbench/unitRow.ts';

const leftKinds = ['ours', 'national', 'untranslated', 'elsewhere'] as const;

async function show(context: EditionContext): Promise<Reply> {
  const { world, edition, actor, t, language } = context;
  const sisters = await sistersOf(world.store, edition);
  const rows = [];
  for (const { tag, publication } of sisters) {
    const { texts, left } = await planSister(world.store, edition, tag);
    rows.push({
      tag,
      publication,
      brings: t('memory:sister.brings', { count: texts.length, edition: tag }),
      some: texts.length > 0,
      left: leftKinds
        .filter((kind) => left[kind] > 0)
        .map((kind) => ({ count: left[kind], text: t(`memory:sister.${kind}`) })),
      button: t('memory:sister.bring', { edition: tag }),
    });
  }
  const name = languagesOf(edition.language, language).name;
  const data = {
    title: t('memory:sister.headline', { count: sisters.length, language: name }),
    frame: await frameFor(context, 'lessons'),
    sheets: ['desk-edition.css', 'desk-memory.css'],
    rows,
    revision: edition.revision,
    mayManage: can(actor, 'edition:manage', { partner: edition.partner }),
    hrefs: { bring: paths.sister.to(edition.tag), lessons: paths.editionLessons.to(edition.tag) },
  };
  return { kind: 'page', view: 'desk/sister/sister', data };
}

const bringForm = z.object({ from: z.string().max(60), revision });

async function bring({ world, actor, edition, form }: EditionContext): Promise<Reply> {
  const { from, revision: seen } = acceptForm(bringForm, form);
  const { texts } = await seedFromSister(world, actor, { edition: edition.tag, from, revision: seen });
  return {
    kind: 'redirect',
    to: paths.editionLessons.to(edition.tag),
    said: { key: 'memory:sister.done', values: { count: texts.length, edition: from } },
  };
}

export const sisterRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.sister.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: show,
  },
  {
    method: 'post',
    path: paths.sister.pattern,
    allow: 'edition:manage',
    audit: 'edition/seedFromSister',
    about: 'edition',
    handle: bring,
  },
];
