import { join } from 'node:path';
import { createBeside } from './files/beside/beside.ts';
import { createPdfBuilder } from './files/pdf/pdfBuilder.ts';
import { sealOf } from './files/seal.ts';
import { createWriters } from './files/writers.ts';
import type { packBundle } from './formats/bundle/packBundle.ts';
import type { Writers } from './formats/files/writers.ts';
import { type BundleWriterDeps, createBundleWriters } from './site/bundleWriters.ts';

const root = join(import.meta.dirname, '..');
/** What a bundle looks like and is made by. */
const looks = [
  ...['views/public', 'views/partials/public', 'public', 'locales'],
  ...['src/formats/bundle', 'src/formats/offline', 'src/formats/scorm', 'src/formats/cartridge'],
];
const packModule = new URL('./formats/bundle/packBundle.ts', import.meta.url);

export type OpenWriters = {
  readonly writers: Writers;
  /** Ends the processes that they work in. */
  readonly close: () => Promise<void>;
};

/**
 * Every format that lessons and editions come in. PDFs are set in two processes, everything else is made in a third, one
 * after the other; each starts when there is work for it and ends when there is none.
 */
export function openWriters({ words, pictureOf }: Pick<BundleWriterDeps, 'words' | 'pictureOf'>): OpenWriters {
  const pdfs = createPdfBuilder({ workers: 2 });
  const beside = createBeside();
  const files = createWriters({ pdfs, beside, pictureOf });
  const pack = beside.of<typeof packBundle>(packModule, 'packBundle');
  const version = sealOf(looks.map((place) => join(root, place)));
  const bundles = createBundleWriters({ words, pictureOf, pack, version });
  return {
    writers: { lessons: files.lessons, editions: [...files.editions, ...bundles] },
    close: async () => {
      pdfs.close();
      await beside.close();
    },
  };
}
