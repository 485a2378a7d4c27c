import type { Bundle, BundlePages } from '../bundle/bundle.ts';
import { besideLesson, checkPlaces, lessonPath } from '../bundle/places.ts';
import { zipOf } from '../bundle/zip.ts';
import { scormManifest, scormScript } from './scormManifest.ts';

/**
 * An edition as a SCORM 1.2 package. A lesson is completed when it was read to its end or the button at its end was
 * pressed; opened without a learning platform, the pages are the same lessons.
 */
export function writeScorm(bundle: Bundle, pages: BundlePages): Uint8Array {
  checkPlaces(bundle);
  const { title } = pages.words(bundle.edition);
  const files = new Map<string, Uint8Array | string>();
  files.set('imsmanifest.xml', scormManifest(bundle, title));
  for (const lesson of bundle.lessons) {
    files.set(lessonPath(lesson), pages.lesson(bundle, lesson, 'scorm'));
    for (const [path, bytes] of besideLesson(lesson)) files.set(path, bytes);
  }
  files.set(scormScript, pages.script('scorm'));
  return zipOf(files);
}
