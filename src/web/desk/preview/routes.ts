import { loadFacts, loadWorking } from '../../../commands/edition/loadWorking.ts';
import type { Edition } from '../../../domain/edition/edition.ts';
import { publishedLessonOf } from '../../../domain/edition/publishedLesson.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { DomainError } from '../../../domain/errors.ts';
import { directionOf } from '../../../domain/language.ts';
import type { Imprint } from '../../../formats/page/lessonPage.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import type { Previews } from './port.ts';

/** The working text of one lesson, resolved as a publication would resolve it. */
async function workingLesson({ world, edition, params, now }: EditionContext) {
  const working = await loadWorking(world.store, edition);
  const id = params.lesson ?? '';
  const lesson = working.lessonPackage.lessons.find((each) => each.id === id);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  const { facts } = await loadFacts(world.store, edition, working.lessonPackage, now);
  return publishedLessonOf(working, lesson, facts);
}

/** Stamped DRAFT: no code, no lesson edition, no address to check it at. */
export function draftImprint(edition: Edition): Imprint {
  return {
    edition: edition.tag,
    country: edition.country,
    language: edition.language,
    direction: directionOf(edition.language),
    demonstration: edition.demonstration,
    draft: true,
    release: standsOn(edition.upstream),
    lessonEdition: null,
    code: null,
    verifyUrl: null,
    verifyLabel: null,
    licence: 'CC BY-SA 4.0',
  };
}

const fileName = /^[a-z0-9][a-z0-9-]{0,80}(\.letter)?\.pdf$/;

/** The routes of previews, over the builders that main.ts hands in. */
export function previewRoutes(previews: Previews): readonly Route[] {
  async function page(context: EditionContext): Promise<Reply> {
    const html = await previews.page(await workingLesson(context), draftImprint(context.edition));
    return { kind: 'bytes', bytes: new TextEncoder().encode(html), mediaType: 'text/html; charset=utf-8' };
  }

  async function file(context: EditionContext): Promise<Reply> {
    const name = context.params.file ?? '';
    if (!fileName.test(name)) throw new DomainError('pageUnknown');
    const bytes = await previews.file(await workingLesson(context), name, draftImprint(context.edition));
    if (bytes === null) throw new DomainError('pageUnknown');
    const { edition, params } = context;
    return {
      kind: 'bytes',
      bytes,
      mediaType: 'application/pdf',
      fileName: `draft-${edition.tag}-${params.lesson}-${name}`,
    };
  }

  return [
    {
      method: 'get',
      path: paths.preview.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: 'edition',
      handle: page,
    },
    {
      method: 'get',
      path: paths.previewFile.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: 'edition',
      handle: file,
    },
  ];
}
