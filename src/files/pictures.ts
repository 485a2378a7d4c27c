import sharp, { type SharpOptions } from 'sharp';
import type { PictureReader, PictureRefusal, ReadPicture } from '../commands/ports/pictures.ts';
import { DomainError } from '../domain/errors.ts';
import { pictureShape } from '../formats/pictureShape.ts';

/** What a picture may be at most, and at least. */
export const pictureLimits = {
  bytes: 8 * 1024 * 1024,
  /** Against small files that unpack to fill the memory. */
  pixels: 24_000_000,
  leastSide: 200,
} as const;

/** Wide enough for a column of text, and for half a page of paper at 200 dots to the inch. */
const webSide = 1200;
const printSide = 1400;
const secondsEach = 20;

const refuse = (reason: PictureRefusal): DomainError => new DomainError('pictureRefused', { reason });

/**
 * Checks a picture by what it holds and encodes it again, so that nothing that came with it is kept: no place where it
 * was taken, no thumbnail, no colour profile, no script behind the last byte.
 */
export const readPicture: PictureReader = async (bytes) => {
  if (bytes.length > pictureLimits.bytes) throw refuse('bytes');
  const shape = pictureShape(bytes);
  if (shape.kind === 'refused') throw refuse(shape.reason);
  const options = { limitInputPixels: pictureLimits.pixels, failOn: 'warning' } as const;
  // The head alone, unpacking nothing: how large it says it is decides whether anything more is read.
  const head = await sharp(bytes, { ...options, limitInputPixels: false })
    .metadata()
    .catch(() => null);
  if (head === null || head.format !== shape.type) throw refuse('broken');
  if ((head.pages ?? 1) > 1) throw refuse('animated');
  if (head.width * head.height > pictureLimits.pixels) throw refuse('pixels');
  if (Math.min(head.width, head.height) < pictureLimits.leastSide) throw refuse('small');
  return encode(bytes, options).catch(() => {
    throw refuse('broken');
  });
};

/** The way up that the camera noted is the way it is shown; what is clear becomes white, as on paper. */
async function encode(bytes: Uint8Array, options: SharpOptions): Promise<ReadPicture> {
  const upright = sharp(bytes, options)
    .timeout({ seconds: secondsEach })
    .autoOrient()
    .flatten({ background: '#ffffff' });
  const within = (side: number) => ({ width: side, height: side, fit: 'inside', withoutEnlargement: true }) as const;
  const web = await upright
    .clone()
    .resize(within(webSide))
    .toColourspace('srgb')
    .webp({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  const print = await upright
    .clone()
    .resize(within(printSide))
    .greyscale()
    .toColourspace('b-w')
    .jpeg({ quality: 82 })
    .toBuffer();
  return { web: web.data, print, width: web.info.width, height: web.info.height };
}
