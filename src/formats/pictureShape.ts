/** What bytes are by what they hold: never by a name, and never by what the sender says. */
export type PictureType = 'jpeg' | 'png' | 'webp';

export type PictureShape =
  | { readonly kind: 'picture'; readonly type: PictureType }
  /** `trailing`: something else hangs behind the picture. `animated`: more than one picture. */
  | { readonly kind: 'refused'; readonly reason: 'type' | 'broken' | 'trailing' | 'animated' };

const refused = (reason: 'type' | 'broken' | 'trailing' | 'animated'): PictureShape => ({ kind: 'refused', reason });
const found = (type: PictureType): PictureShape => ({ kind: 'picture', type });

const pngMark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const begins = (bytes: Uint8Array, mark: readonly number[], at = 0): boolean =>
  mark.every((value, place) => bytes[at + place] === value);
const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Reads the frame of a JPEG, PNG or WebP from its first byte to its last. The decoder looks at what is inside. */
export function pictureShape(bytes: Uint8Array): PictureShape {
  if (begins(bytes, pngMark)) return pngShape(bytes);
  if (begins(bytes, [0xff, 0xd8, 0xff])) return jpegShape(bytes);
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return webpShape(bytes);
  return refused('type');
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function pngShape(bytes: Uint8Array): PictureShape {
  const view = viewOf(bytes);
  for (let at = pngMark.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = ascii(bytes, at + 4, 4);
    if (name === 'acTL') return refused('animated');
    at += 12 + length;
    if (name === 'IEND') return at === bytes.length ? found('png') : refused(at < bytes.length ? 'trailing' : 'broken');
  }
  return refused('broken');
}

function webpShape(bytes: Uint8Array): PictureShape {
  const end = viewOf(bytes).getUint32(4, true) + 8;
  if (end > bytes.length) return refused('broken');
  return end < bytes.length ? refused('trailing') : found('webp');
}

const endOfPicture = 0xd9;
const startOfScan = 0xda;
/** Markers without a length: restarts, start and end, and the fill byte. */
const standsAlone = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01;

function jpegShape(bytes: Uint8Array): PictureShape {
  let at = 2;
  let scanning = false;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      if (!scanning) return refused('broken');
      at += 1;
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0x00 || standsAlone(marker)) at += 2;
    else if (marker === endOfPicture) return jpegEnd(bytes, at + 2);
    else {
      scanning = marker === startOfScan;
      at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
    }
  }
  return refused('broken');
}

/** Cameras hang a second, smaller JPEG or a little padding behind the first; anything else is no picture. */
function jpegEnd(bytes: Uint8Array, end: number): PictureShape {
  const rest = bytes.subarray(end);
  if (rest.every((value) => value === 0)) return found('jpeg');
  if (!begins(rest, [0xff, 0xd8, 0xff])) return refused('trailing');
  return jpegShape(rest);
}
