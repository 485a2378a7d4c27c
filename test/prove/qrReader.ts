import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Grey } from './qrPages.ts';

export type Point = { readonly x: number; readonly y: number };
export type Square = { readonly text: string; readonly corners: readonly Point[] };

/** A second library, which had no part in making the squares. Its program is read from disk: nothing is fetched. */
export async function createReader(): Promise<(picture: Uint8Array) => Promise<readonly Square[]>> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(readFileSync(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return async (picture) => {
    const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, tryRotate: true });
    return found
      .filter(({ isValid }) => isValid)
      .map(({ text, position }) => ({
        text,
        corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft],
      }));
  };
}

/** Greys as a file that any reader takes. */
export const asPng = ({ width, height, data }: Grey): Promise<Buffer> =>
  sharp(data, { raw: { width, height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();

export type Verdict = 'read' | 'unreadable' | 'wrong';

/** Wrong is whatever a phone would open that is not the address of this sheet. */
export function judge(found: readonly Pick<Square, 'text'>[], url: string): Verdict {
  if (found.some(({ text }) => text !== url)) return 'wrong';
  return found.length === 0 ? 'unreadable' : 'read';
}
