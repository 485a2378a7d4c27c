import sharp, { type Sharp } from 'sharp';

/** A picture without meaning: stripes that no encoder makes nothing of. */
export function noise(width: number, height: number, step = 7): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at++) data[at] = (at * step + (at >> 9) * 31) & 0xff;
  return sharp(data, { raw: { width, height, channels: 3 } });
}
