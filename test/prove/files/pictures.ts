import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ground } from './judge.ts';
import { eachAtOnce, runTool } from './tools.ts';

const shown = [
  'pack.pdf',
  'guide.letter.pdf',
  'help-card.pdf',
  'five-steps.pdf',
  'letter.pdf',
  'slides.pdf',
  'slides-with-notes.pdf',
];

/** First and last pages of one lesson's papers in every edition, as pictures for people to look at. */
export async function takePictures({ files }: Ground, folder: string, lesson = 'B4'): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const chosen = files.filter((file) => file.lesson === lesson && shown.includes(file.name));
  await eachAtOnce(chosen, 2, async ({ edition, name, path, pages }) => {
    for (const page of new Set([1, pages ?? 1])) {
      const target = join(folder, `${edition}-${name.replace('.pdf', '')}-${page}`);
      await runTool('pdftoppm', [
        '-r',
        '70',
        '-png',
        '-singlefile',
        '-f',
        String(page),
        '-l',
        String(page),
        path,
        target,
      ]);
    }
  });
}
