import type { LabelledDrawing } from './labelDrawing.ts';

/** A JPEG as a drawing without words: the typesetter sets both alike. */
export function pictureDrawing(jpeg: Uint8Array, width: number, height: number): LabelledDrawing {
  const data = Buffer.from(jpeg).toString('base64');
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<image href="data:image/jpeg;base64,${data}" width="${width}" height="${height}"/></svg>`;
  return { svg, width, height, texts: [] };
}
