import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';
import { qrModules } from '../typst/qrModules.ts';

/** Every module as so many dots: readers of slides make them larger, not smaller. */
const dots = 8;
const quiet = 4;

/** A QR code as PNG, black on white, one bit a dot, with the quiet zone that readers ask for. */
export function qrPng(url: string): Uint8Array {
  const { size, isBlack } = qrModules(url);
  const side = (size + 2 * quiet) * dots;
  const stride = 1 + Math.ceil(side / 8);
  const raw = new Uint8Array(stride * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [row, column] = [Math.floor(y / dots) - quiet, Math.floor(x / dots) - quiet];
      const inside = row >= 0 && column >= 0 && row < size && column < size;
      const white = !(inside && isBlack(row, column));
      const at = y * stride + 1 + (x >> 3);
      if (white) raw[at] = (raw[at] ?? 0) | (0x80 >> (x & 7));
    }
  }
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, side);
  view.setUint32(4, side);
  // One bit, grey, and the only compression, filter and interlacing there are.
  head.set([1, 0, 0, 0, 0], 8);
  const mark = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const packed = zlibSync(raw, { level: 9 });
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', packed), chunk('IEND', new Uint8Array())]);
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
