import { standaloneSvg } from './drawnSvg.ts';
import type { LabelledDrawing } from './labelDrawing.ts';

const xlink = 'http://www.w3.org/1999/xlink';

/**
 * A drawing with its words as outlines, in one SVG that needs no font. `letters`: the typesetter's SVG of a page of the
 * drawing's size, a point of the page for each unit of the drawing.
 */
export function letteredSvg(drawing: LabelledDrawing, letters: string): string {
  const outlines = letters.replace(/^[\s\S]*?<svg\b[^>]*>/, '').replace(/<\/svg>\s*$/, '');
  const over = `<g xmlns:xlink="${xlink}">${outlines}</g></svg>\n`;
  return standaloneSvg(drawing).replace(/<\/svg>\s*$/, () => over);
}
