import type { Box } from './shapeXml.ts';

/** Where things stand, in points from the start of the reading direction. */
export const places = {
  notice: { x: 52, y: 6, width: 856, height: 28 },
  title: { x: 52, y: 34, width: 856, height: 88 },
  words: { x: 52, y: 144, width: 856, height: 340 },
  opening: { x: 52, y: 146, width: 856, height: 150 },
  above: { x: 52, y: 106, width: 856, height: 36 },
  below: { x: 52, y: 334, width: 856, height: 140 },
  calls: { x: 52, y: 493, width: 856, height: 28 },
  imprint: { x: 52, y: 521, width: 720, height: 15 },
  number: { x: 788, y: 521, width: 120, height: 15 },
  /** 16 mm with its quiet zone, 13 mm without. */
  qr: { x: 862, y: 491.5, width: 46, height: 46 },
} as const satisfies Readonly<Record<string, Box>>;

/** Of the rule above the foot. */
export const footTop = 490;

/** What the code takes of the foot, from its end. */
export const qrShare = (withQr: boolean): number => (withQr ? places.qr.width + 14 : 0);
