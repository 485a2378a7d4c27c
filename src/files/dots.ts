import sharp from 'sharp';

/** A drawing of `width` points as so many dots across. */
const drawn = (svg: string, width: number, dots: number) =>
  sharp(Buffer.from(svg), { density: 72 * Math.max(1, dots / width) }).resize({ width: dots });

/** For paper: a PNG in greys on white. */
export const inGreys = (svg: string, width: number, dots: number): Promise<Uint8Array> =>
  drawn(svg, width, dots)
    .flatten({ background: '#ffffff' })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer();

/** For the wall: a PNG of few colours, with nothing behind the lines. */
export const inColours = (svg: string, width: number, dots: number): Promise<Uint8Array> =>
  drawn(svg, width, dots).png({ compressionLevel: 9, palette: true }).toBuffer();
