import { z } from 'zod';
import { agreeToPicture, putPicture, takePictureOut } from '../../../commands/material/pictures.ts';
import type { PictureReader } from '../../../commands/ports/pictures.ts';
import { pictureLicences, pictureQuestions } from '../../../domain/edition/material.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route, Translate } from '../../route.ts';
import { refusalText } from '../baseline/problems.ts';
import { listField } from '../fields.ts';
import { acceptForm, choice, revision } from '../workbench/acceptForm.ts';
import type { MaterialRefusal } from './routes.ts';

/** What a camera makes; larger ones are refused before they are read. */
const pictureBytes = 8 * 1024 * 1024;

export type ShowMaterial = (context: EditionContext, refusal: MaterialRefusal) => Promise<Reply>;

const line = z.string().max(1000).default('');
const pictureForm = z.object({
  segment: z.string().max(200),
  alt: line,
  creator: line,
  licence: choice(pictureLicences),
  source: line,
  reason: line,
  revision,
});

/** Where each refusal is mended. */
const fields: Readonly<Record<string, string>> = {
  pictureRefused: 'file',
  fileMissing: 'file',
  altNeeded: 'alt',
  factsForeign: 'alt',
  creditNeeded: 'creator',
  licenceNeeded: 'licence',
  reasonNeeded: 'reason',
  staleRevision: 'alt',
};

const messageOf = (t: Translate, error: DomainError): string =>
  error.code === 'pictureRefused' ? t(`material:refused.${error.data.reason}`) : refusalText(t, error);

/** The routes of an edition's own pictures. */
export function pictureRoutes(readPicture: PictureReader, show: ShowMaterial): readonly Route[] {
  async function put(context: EditionContext): Promise<Reply> {
    const { world, actor, edition, t, upload } = context;
    const form = acceptForm(pictureForm, context.form);
    const again = (code: number, field: string, message: string): Promise<Reply> =>
      show(context, {
        code,
        problems: [{ field: `picture-${field}`, message }],
        picture: { ...form, licence: form.licence ?? '', problem: { field, message } },
      });
    if (form.licence === null) return again(422, 'licence', t('material:pictures.licenceNeeded'));
    const { segment, alt, creator, licence, source, reason } = form;
    // A browser sends an empty part where no file was chosen.
    const bytes = upload === null || upload.bytes.length === 0 ? null : upload.bytes;
    try {
      await putPicture(world, readPicture, actor, {
        edition: edition.tag,
        segment,
        bytes,
        alt,
        credit: { creator, licence, source },
        reason,
        revision: form.revision,
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const field = fields[error.code];
      if (field === undefined) throw error;
      return again(error.code === 'staleRevision' ? 409 : 422, field, messageOf(t, error));
    }
    return { kind: 'redirect', to: back(edition.tag, segment), said: { key: 'material:said.picture' } };
  }

  return [
    {
      method: 'post',
      path: paths.pictures.pattern,
      allow: 'material:write',
      audit: 'picture/put',
      about: 'edition',
      upload: { bytes: pictureBytes },
      handle: put,
    },
    {
      method: 'post',
      path: paths.pictureReview.pattern,
      allow: 'unit:review',
      audit: 'picture/review',
      about: 'edition',
      handle: (context) => agree(context, show),
    },
    {
      method: 'post',
      path: paths.pictureRemoval.pattern,
      allow: 'material:write',
      audit: 'picture/remove',
      about: 'edition',
      handle: remove,
    },
    {
      method: 'get',
      path: paths.pictureFile.pattern,
      allow: 'edition:read',
      audit: 'nothing',
      about: 'edition',
      handle: file,
    },
  ];
}

const back = (tag: string, segment: string): string =>
  `${paths.material.to(tag)}#picture-${segment.replace(/[^A-Za-z0-9._-]/g, '_')}`;

const reviewForm = z.object({ revision });

async function agree(context: EditionContext, show: ShowMaterial): Promise<Reply> {
  const { world, actor, edition, params, form, t } = context;
  const at = {
    edition: edition.tag,
    segment: params.segment ?? '',
    ...acceptForm(reviewForm, { revision: form.revision ?? '' }),
  };
  const ticked = listField(form, 'answer');
  try {
    await agreeToPicture(
      world,
      actor,
      at,
      pictureQuestions.filter((question) => ticked.includes(question)),
    );
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'answersNeeded') throw error;
    return show(context, { code: 422, problems: [{ field: null, message: refusalText(t, error) }] });
  }
  return { kind: 'redirect', to: back(edition.tag, at.segment), said: { key: 'material:said.agreed' } };
}

async function remove({ world, actor, edition, params, form }: EditionContext): Promise<Reply> {
  const at = { edition: edition.tag, segment: params.segment ?? '', ...acceptForm(reviewForm, form) };
  await takePictureOut(world, actor, at);
  return { kind: 'redirect', to: back(edition.tag, at.segment), said: { key: 'material:said.pictureRemoved' } };
}

/** The bytes of one of this edition's own pictures; a hash of another edition's does not exist here. */
async function file({ world, edition, params }: EditionContext): Promise<Reply> {
  const hash = /^pic-([0-9a-f]{64})\.webp$/.exec(params.picture ?? '')?.[1];
  const pictures = await world.store.material.pictures(edition.tag);
  const known = hash !== undefined && pictures.some((picture) => picture.web === hash);
  const found = known ? await world.store.archive.get(hash) : null;
  if (found === null) throw new DomainError('pageUnknown');
  return { kind: 'bytes', bytes: found.bytes, mediaType: 'image/webp' };
}
