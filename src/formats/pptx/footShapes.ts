import type { DeckFoot } from '../slides/deck.ts';
import { rowsOf } from '../slides/fitWords.ts';
import type { Draw, Relate } from './pictureShapes.ts';
import { places, qrShare } from './places.ts';
import { type Box, pictureXml, shapeXml } from './shapeXml.ts';
import { paragraphXml, type Voice } from './textXml.ts';

/** In points; the largest at which the rows have room. */
const sizes = [11, 10.5, 10, 9.5, 9, 8.5, 8] as const;

/**
 * Whom to call, where the slides come from, and the code: words and a picture of the master, so that a slide that a teacher
 * adds has them without being told.
 */
export function footShapes({ help, imprint, qr }: DeckFoot, voice: Voice, relate: Relate): readonly Draw[] {
  const beside = (box: Box): Box => ({ ...box, width: box.width - qrShare(qr !== null) });
  const [calls, origin] = [beside(places.calls), beside(places.imprint)];
  const fits = (size: number): boolean =>
    rowsOf(help, size, calls.width) * size * 1.22 <= calls.height && rowsOf(imprint, size, origin.width) === 1;
  const size = sizes.find(fits) ?? sizes[sizes.length - 1] ?? 8;
  const words: readonly Draw[] = [
    (id) =>
      shapeXml(
        id,
        { name: 'Helplines', box: calls, anchor: 'b', paragraphs: [paragraphXml(help, { size }, voice)] },
        voice.rtl,
      ),
    (id) => {
      const paragraphs = [paragraphXml(imprint, { size, colour: 'second' }, voice)];
      return shapeXml(id, { name: 'Imprint', box: origin, anchor: 'b', paragraphs }, voice.rtl);
    },
  ];
  if (qr === null) return words;
  const relation = relate({ qr: qr.url });
  return [...words, (id) => pictureXml(id, 'QR', qr.alt, relation, places.qr, voice.rtl)];
}
