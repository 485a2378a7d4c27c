import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Check, check, type ExpectedEdition, type Judge, type PublishedFile, verdictOn } from './judge.ts';
import { counting, eachAtOnce } from './tools.ts';

/** The bytes of every file, page and feed are those that the manifest names. */
export const bytesJudge: Judge = {
  name: 'bytes',
  judge: async ({ files }, say) => {
    const count = counting(files.length, 250, say);
    return eachAtOnce(files, 4, async (file) => {
      const verdict = verdictOn(file, [await bytesCheck(file)]);
      count();
      return verdict;
    });
  },
};

async function bytesCheck({ path, bytes, sha256 }: PublishedFile): Promise<Check> {
  const what = 'size and SHA-256 as the manifest says';
  const found = await readFile(path).catch(() => null);
  if (found === null) return check(what, false, 'it is not there');
  const hash = createHash('sha256').update(found).digest('hex');
  return check(what, found.length === bytes && hash === sha256, `${found.length} bytes, ${hash}`);
}

/** The files that readers have been promised, by what the lessons hold: what is missing, and what nobody knows of. */
export function missingFiles(editions: readonly ExpectedEdition[], files: readonly PublishedFile[]): readonly string[] {
  return editions.flatMap(({ edition, lessons }) => {
    const ofEdition = ['usb.zip', 'book.epub', 'scorm.zip', 'cartridge.imscc'].map(
      (name) => `/${edition}/package/${name}`,
    );
    const ofLessons = lessons.flatMap(({ lesson, page }) => {
      const sheets = page.sheetsToPrint.map(({ name }) => name);
      const names = [
        ...['pack', 'guide', ...sheets].flatMap((name) => [`${name}.pdf`, `${name}.letter.pdf`]),
        ...['guide', ...sheets].map((name) => `${name}.docx`),
        ...(page.slides.length > 0 ? ['slides.pptx', 'slides.pdf', 'slides-with-notes.pdf'] : []),
        'book.epub',
      ];
      return names.map((name) => `/${edition}/lessons/${lesson}/${name}`);
    });
    const promised = new Set([...ofEdition, ...ofLessons]);
    const published = new Set(
      files.filter((file) => file.edition === edition && file.group !== null).map(({ address }) => address),
    );
    return [
      ...[...promised.difference(published)].map((address) => `${address} was not built`),
      ...[...published.difference(promised)].map((address) => `${address} belongs to nothing`),
    ];
  });
}
