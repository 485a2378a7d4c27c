import type { LessonId } from '../../domain/package/lessonPackage.ts';
import { writeCartridge } from '../cartridge/writeCartridge.ts';
import { writeOffline } from '../offline/writeOffline.ts';
import { writeScorm } from '../scorm/writeScorm.ts';
import type { Bundle, BundleKind, BundlePages, BundleWords } from './bundle.ts';

/** The pages of a bundle once they are drawn: plain values, to be handed to another process. */
export type DrawnPages = {
  /** For a stick; empty for platforms. */
  readonly home: string;
  readonly help: string;
  readonly check: string;
  readonly lessons: ReadonlyMap<LessonId, string>;
  readonly scripts: Readonly<Record<'search' | 'check' | 'scorm', string>>;
  readonly words: BundleWords;
};

const writers = { offline: writeOffline, scorm: writeScorm, cartridge: writeCartridge } as const;

/** Packs a bundle with its pages as they were drawn. Throws where a picture or a page is missing. */
export const packBundle = (kind: BundleKind, bundle: Bundle, drawn: DrawnPages): Uint8Array =>
  writers[kind](bundle, pagesOf(drawn));

function pagesOf({ home, help, check, lessons, scripts, words }: DrawnPages): BundlePages {
  return {
    home: () => home,
    help: () => help,
    check: () => check,
    lesson: (_, { page }) => {
      const html = lessons.get(page.lesson);
      if (html === undefined) throw new Error(`The page of ${page.lesson} was not drawn`);
      return html;
    },
    script: (name) => scripts[name],
    words: () => words,
  };
}
