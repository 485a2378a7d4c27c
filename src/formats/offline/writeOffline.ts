import { strToU8 } from 'fflate';
import type { Bundle, BundlePages } from '../bundle/bundle.ts';
import { besideLesson, checkPlaces, lessonPath } from '../bundle/places.ts';
import { zipOf } from '../bundle/zip.ts';
import { manifestName, manifestOf } from './bundleManifest.ts';
import { searchIndexOf, searchIndexScript } from './searchIndex.ts';

/**
 * An edition for a stick: opens at `index.html` from any folder, asks no network for anything, and lists the hash of
 * every file in `manifest.json`. Throws `bundleIncomplete` where a picture has no bytes.
 */
export function writeOffline(bundle: Bundle, pages: BundlePages): Uint8Array {
  checkPlaces(bundle);
  const files = new Map<string, Uint8Array>();
  files.set('index.html', strToU8(pages.home(bundle)));
  files.set('help.html', strToU8(pages.help(bundle)));
  files.set('check.html', strToU8(pages.check(bundle)));
  for (const lesson of bundle.lessons) {
    files.set(lessonPath(lesson), strToU8(pages.lesson(bundle, lesson, 'offline')));
    for (const [path, bytes] of besideLesson(lesson)) files.set(path, bytes);
  }
  files.set('search.js', strToU8(pages.script('search')));
  files.set('check.js', strToU8(pages.script('check')));
  files.set('search-index.js', strToU8(searchIndexScript(searchIndexOf(bundle))));
  const manifest = `${JSON.stringify(manifestOf(bundle, files), null, 2)}\n`;
  return zipOf(new Map<string, Uint8Array | string>([...files, [manifestName, manifest]]));
}
