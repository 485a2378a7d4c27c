import type { Bundle, BundlePages } from '../formats/bundle/bundle.ts';
import { writeCartridge } from '../formats/cartridge/writeCartridge.ts';
import type { EditionFileKind } from '../formats/files/editionFile.ts';
import type { LessonFile } from '../formats/files/lessonFile.ts';
import type { EditionWriter } from '../formats/files/writers.ts';
import { writeOffline } from '../formats/offline/writeOffline.ts';
import { writeScorm } from '../formats/scorm/writeScorm.ts';
import { bundleOf } from './bundleOf.ts';
import { createBundlePages } from './bundlePages.ts';
import type { Words } from './languages.ts';
import { createRenderer } from './render.ts';

export type BundleWriterDeps = {
  readonly words: Words;
  /** The bytes of an edition's own picture; null where there are none. */
  readonly pictureOf: (hash: string) => Promise<Uint8Array | null>;
  /** Changes with the templates, the style and the words. */
  readonly version: string;
};

/** What a school without a network needs of a lesson; a platform links to its pages and has the pack beside them. */
const onStick = ({ kind, format }: LessonFile): boolean => kind === 'pack' || format === 'docx' || format === 'pptx';
const onPlatform = ({ kind }: LessonFile): boolean => kind === 'pack';

/** The editions to take away: the ZIP for a USB stick, SCORM, and the cartridge. */
export function createBundleWriters({ words, pictureOf, version }: BundleWriterDeps): readonly EditionWriter[] {
  const pages = createBundlePages(createRenderer(words), words);
  const writer = (
    kind: EditionFileKind,
    needs: (file: LessonFile) => boolean,
    write: (bundle: Bundle, pages: BundlePages) => Uint8Array,
  ): EditionWriter => ({
    kind,
    version,
    needs,
    build: async (book) => write(await bundleOf(book, { words, pictureOf }), pages),
  });
  return [
    writer('usb', onStick, writeOffline),
    writer('scorm', onPlatform, writeScorm),
    writer('cartridge', onPlatform, writeCartridge),
  ];
}
