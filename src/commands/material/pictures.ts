import type { Actor } from '../../domain/access/access.ts';
import type { Picture, PictureCredit, PictureQuestion } from '../../domain/edition/material.ts';
import { agreed, rewritten } from '../../domain/edition/ownSegments.ts';
import { answeredPicture, newPicture } from '../../domain/edition/pictures.ts';
import { DomainError } from '../../domain/errors.ts';
import { segmentIn } from '../../domain/package/lessonPackage.ts';
import { bytesHash } from '../../domain/release/canonical.ts';
import { dayOf } from '../../domain/time.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { PictureReader } from '../ports/pictures.ts';
import type { Store, World } from '../ports.ts';
import { loadOwnPackage } from './material.ts';

export type PutPicture = {
  readonly edition: string;
  /** A picture segment: of the baseline, whose drawing it replaces, or an added one. */
  readonly segment: string;
  /** The uploaded bytes; null keeps the picture that is there and changes its words. */
  readonly bytes: Uint8Array | null;
  readonly alt: string;
  readonly credit: PictureCredit;
  readonly reason: string;
  /** The picture's revision on the page; 0 where there was none. */
  readonly revision: number;
};

/**
 * Puts an edition's own picture in the place of a drawing, or behind an added picture segment. It is checked by what it
 * holds and encoded again; it waits for a second person. Throws `pictureRefused`, `altNeeded`, `creditNeeded`,
 * `reasonNeeded`, `segmentNoPicture`, `fileMissing`, `staleRevision`.
 */
export async function putPicture(world: World, read: PictureReader, actor: Actor, input: PutPicture): Promise<Picture> {
  const { store } = world;
  const edition = await loadEdition(store, input.edition);
  const person = authorize(actor, 'material:write', { partner: edition.partner });
  const { lessonPackage } = await loadOwnPackage(store, edition);
  const segment = segmentIn(lessonPackage, input.segment);
  if (segment?.kind !== 'picture') throw new DomainError('segmentNoPicture', { segment: input.segment });
  const before = await store.material.picture(edition.tag, segment.id);
  if ((before?.revision ?? 0) !== input.revision)
    throw new DomainError('staleRevision', { theirs: before?.revision ?? 0 });
  const drawing = segment.drawing ?? null;
  const at = world.now();
  const wish = { ...input, edition: edition.tag, segment: segment.id, drawing, by: person.id, at };
  // Words first: nobody has to upload again for a missing licence.
  const files = await filesOf(world, read, input.bytes, before, () => newPicture(wish, before, emptyFiles));
  const picture = newPicture(wish, before, files);
  await store.transaction(async (inner) => {
    await inner.material.savePicture(picture);
    const own = await inner.material.segment(edition.tag, segment.id);
    if (own !== null) {
      // What an added picture shows is its text: written once, read in both places.
      if (own.text !== picture.alt) {
        await inner.material.saveSegment(rewritten(own, picture.alt, { by: person.id, at }));
      }
      return;
    }
    const entry = await inner.ledger.byId(edition.tag, segment.id);
    await inner.ledger.save({
      edition: edition.tag,
      segment: segment.id,
      kind: 'example',
      reason: picture.reason,
      owner: person.id,
      on: dayOf(at),
      omits: false,
      revision: (entry?.revision ?? 0) + 1,
    });
  });
  return picture;
}

const emptyFiles = { web: '', print: '', width: 0, height: 0, bytes: 0 };

/** The bytes go to the archive before the picture names them: killed between the two, nothing points nowhere. */
async function filesOf(
  { store }: World,
  read: PictureReader,
  bytes: Uint8Array | null,
  before: Picture | null,
  checkWords: () => Picture,
) {
  checkWords();
  if (bytes === null) {
    if (before === null || before.removed) throw new DomainError('fileMissing');
    const { web, print, width, height, bytes: size } = before;
    return { web, print, width, height, bytes: size };
  }
  const made = await read(bytes);
  const web = bytesHash(made.web);
  const print = bytesHash(made.print);
  await store.archive.put(web, made.web, 'image/webp');
  await store.archive.put(print, made.print, 'image/jpeg');
  return { web, print, width: made.width, height: made.height, bytes: made.web.length };
}

export type PictureAt = { readonly edition: string; readonly segment: string; readonly revision: number };

/** A second person agrees to a picture, and answers for each line. Throws `secondPersonNeeded`, `answersNeeded`. */
export function agreeToPicture(
  world: World,
  actor: Actor,
  at: PictureAt,
  answered: readonly PictureQuestion[],
): Promise<Picture> {
  return change(world, actor, 'unit:review', at, async (picture, by, store) => {
    const next = answeredPicture(picture, answered, by);
    const own = await store.material.segment(picture.edition, picture.segment);
    // Whoever answers for the words of an added picture has read its text.
    if (own?.state === 'translated' && own.text === picture.alt && own.by !== by && !own.removed) {
      await store.material.saveSegment(agreed(own, { by, at: world.now() }));
    }
    return next;
  });
}

/** Takes a picture out: the drawing stands there as before, and the ledger entry goes. */
export function takePictureOut(world: World, actor: Actor, at: PictureAt): Promise<Picture> {
  return change(world, actor, 'material:write', at, async (picture) => ({
    ...picture,
    removed: true,
    reviewedBy: null,
    answered: [],
  }));
}

async function change(
  world: World,
  actor: Actor,
  action: 'material:write' | 'unit:review',
  at: PictureAt,
  make: (picture: Picture, by: string, store: Store) => Promise<Picture>,
): Promise<Picture> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    const person = authorize(actor, action, { partner: edition.partner });
    const picture = await store.material.picture(edition.tag, at.segment);
    if (picture === null || picture.removed) throw new DomainError('materialUnknown', { id: at.segment });
    if (picture.revision !== at.revision) throw new DomainError('staleRevision', { theirs: picture.revision });
    const next = { ...(await make(picture, person.id, store)), revision: picture.revision + 1 };
    await store.material.savePicture(next);
    const entry = (await store.ledger.ofEditions([edition.tag], [at.segment]))[0];
    if (next.removed && next.drawing !== null && entry?.reason === picture.reason) {
      await store.ledger.drop(edition.tag, at.segment);
    }
    return next;
  });
}
