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

/**
 * Reads an uploaded picture: JPEG, PNG or WebP by what it holds, whatever its name says. Throws `pictureRefused` with a
 * reason: `type`, `broken`, `animated`, `pixels`, `small`, `bytes`, `trailing`.
 */
export type PictureReader = (bytes: Uint8Array) => Promise<ReadPicture>;
