import type { Bundle, BundlePages } from '../bundle/bundle.ts';
import { besideLesson, checkPlaces, lessonPath } from '../bundle/places.ts';
import { zipOf } from '../bundle/zip.ts';
import { cartridgeManifest, weblink, weblinkFile } from './cartridgeManifest.ts';

/** An edition as a Common Cartridge 1.1 (`.imscc`), for Moodle, Canvas and others that restore courses. */
export function writeCartridge(bundle: Bundle, pages: BundlePages): Uint8Array {
  checkPlaces(bundle);
  const said = pages.words(bundle.edition);
  const files = new Map<string, Uint8Array | string>();
  files.set('imsmanifest.xml', cartridgeManifest(bundle, said));
  for (const lesson of bundle.lessons) {
    files.set(lessonPath(lesson), pages.lesson(bundle, lesson, 'cartridge'));
    for (const [path, bytes] of besideLesson(lesson)) files.set(path, bytes);
  }
  if (bundle.edition.address !== null) files.set(weblinkFile, weblink(bundle.edition.address, said.online));
  return zipOf(files);
}
