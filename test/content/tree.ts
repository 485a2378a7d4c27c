import { join } from 'node:path';
import { checkContent, type Located } from '../../src/commands/content/checkContent.ts';
import { type ContentTree, readContentTree } from '../../src/commands/content/contentTree.ts';
import { readContentFolder } from '../../src/files/contentFolder.ts';
import { type SealedDrawings, shelfOf } from '../../src/files/drawings.ts';
import { type EditionFiles, readEdition } from '../../src/formats/content/editionFiles.ts';
import type { ContentFiles } from '../../src/formats/content/readBaseline.ts';
import { filesWithin } from '../../src/formats/content/within.ts';

export const contentFolder = join(import.meta.dirname, '../../content');
export const contentFiles: ContentFiles = await readContentFolder(contentFolder);
export const shelf: SealedDrawings = shelfOf(contentFolder);

/** The content with some files changed: `to` gets the text that stands there. Throws when nothing changes. */
export function changed(...edits: readonly (readonly [string, (text: string) => string])[]): ContentFiles {
  const files = new Map(contentFiles);
  for (const [file, to] of edits) {
    const text = files.get(file);
    if (text === undefined) throw new Error(`there is no ${file}`);
    const next = to(text);
    if (next === text) throw new Error(`nothing changes in ${file}`);
    files.set(file, next);
  }
  return files;
}

/** Everything, read once: computing the history takes longer than all the rest. */
export const tree: ContentTree = readContentTree(contentFiles);

/** What the check finds in one session of the baseline. */
export function foundInLesson(files: ContentFiles, lesson: string): readonly Located[] {
  return checkContent(readContentTree(files, [lesson]), shelf);
}

/** What the check finds in session A1 of the Turkish edition and in what all its sessions share, with files changed. */
export function foundInEdition(files: ContentFiles): readonly Located[] {
  const whole = readEdition(filesWithin(files, 'editions/tr-TR/'));
  const { A1 } = whole.edition.lessons;
  const edition: EditionFiles = {
    edition: { ...whole.edition, lessons: A1 === undefined ? {} : { A1 } },
    units: whole.units.filter(({ segment }) => !/^[A-Z]\d\./.test(segment) || segment.startsWith('A1.')),
  };
  const baseline = { ...tree.baseline, lessons: [], segments: {} };
  return checkContent({ ...tree, baseline, editions: [edition] }, shelf);
}
