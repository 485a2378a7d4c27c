/** A picture as it is kept: checked by content and encoded again, without anything that came with it. */
export type ReadPicture = {
  /** WebP in colour, for pages. */
  readonly web: Uint8Array;
  /** JPEG in greys, for paper. */
  readonly print: Uint8Array;
  /** Of the web picture, in pixels. */
  readonly width: number;
  readonly height: number;
};

/** Why a picture is not taken. */
export const pictureRefusals = ['type', 'broken', 'animated', 'pixels', 'small', 'bytes', 'trailing'] as const;
export type PictureRefusal = (typeof pictureRefusals)[number];

/**
 * Reads an uploaded picture: JPEG, PNG or WebP by what it holds, whatever its name says. Throws `pictureRefused` with a
 * `PictureRefusal` as its reason.
 */
export type PictureReader = (bytes: Uint8Array) => Promise<ReadPicture>;
