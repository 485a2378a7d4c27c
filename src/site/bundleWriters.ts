import { breathe } from '../breathe.ts';
import type { Bundle, BundleKind } from '../formats/bundle/bundle.ts';
import type { DrawnPages } from '../formats/bundle/packBundle.ts';
import type { EditionFileKind } from '../formats/files/editionFile.ts';
import type { LessonFile } from '../formats/files/lessonFile.ts';
import type { EditionWriter } from '../formats/files/writers.ts';
import { bundleOf } from './bundleOf.ts';
import { createBundlePages } from './bundlePages.ts';
import type { Words } from './languages.ts';
import { createRenderer } from './render.ts';

export type BundleWriterDeps = {
  readonly words: Words;
  /** The bytes of an edition's own picture; null where there are none. */
  readonly pictureOf: (hash: string) => Promise<Uint8Array | null>;
  /** Packs it all: takes seconds of a processor, so elsewhere than where pages are answered. */
  readonly pack: (kind: BundleKind, bundle: Bundle, drawn: DrawnPages) => Promise<Uint8Array>;
  /** Changes with the templates, the style and the words. */
  readonly version: string;
};

/** What a school without a network needs of a lesson; a platform links to its pages and has the pack beside them. */
const onStick = ({ kind, format }: LessonFile): boolean => kind === 'pack' || format === 'docx' || format === 'pptx';
const onPlatform = ({ kind }: LessonFile): boolean => kind === 'pack';

/** The editions to take away: the ZIP for a USB stick, SCORM, and the cartridge. */
export function createBundleWriters({ words, pictureOf, pack, version }: BundleWriterDeps): readonly EditionWriter[] {
  const pages = createBundlePages(createRenderer(words), words);
  const writer = (kind: EditionFileKind, needs: (file: LessonFile) => boolean, form: BundleKind): EditionWriter => ({
    kind,
    version,
    needs,
    build: async (book) => {
      const bundle = await bundleOf(book, { words, pictureOf });
      return pack(form, bundle, await draw(form, bundle));
    },
  });

  /** The pages of a bundle, one at a time: between two of them others are served. */
  async function draw(form: BundleKind, bundle: Bundle): Promise<DrawnPages> {
    const lessons = new Map<string, string>();
    for (const lesson of bundle.lessons) {
      await breathe();
      lessons.set(lesson.page.lesson, pages.lesson(bundle, lesson, form));
    }
    await breathe();
    const once = form === 'offline' ? pages : null;
    return {
      lessons,
      home: once?.home(bundle) ?? '',
      help: once?.help(bundle) ?? '',
      check: once?.check(bundle) ?? '',
      scripts: { search: pages.script('search'), check: pages.script('check'), scorm: pages.script('scorm') },
      words: pages.words(bundle.edition),
    };
  }

  return [
    writer('usb', onStick, 'offline'),
    writer('scorm', onPlatform, 'scorm'),
    writer('cartridge', onPlatform, 'cartridge'),
  ];
}
