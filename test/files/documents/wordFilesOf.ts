import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { createBeside } from '../../../src/files/beside/beside.ts';
import { createPdfBuilder } from '../../../src/files/pdf/pdfBuilder.ts';
import { createWriters } from '../../../src/files/writers.ts';
import { fileNameOf } from '../../../src/formats/files/lessonFile.ts';
import { tasksOf } from '../../../src/formats/files/writers.ts';
import { realPage } from '../../content/realPage.ts';

/** Sheets whose drawings have words in them, in three languages and two directions. */
export const drawnSheets = [
  ['ar-EG', 'C3', 'first-ten-minutes'],
  ['tr-TR', 'A3', 'comic'],
  ['en-GB', 'A1', 'body-outline'],
] as const;

/** These sheets as Word documents, by their file's name. */
export async function wordFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const pdfs = createPdfBuilder({ workers: 1 });
  const beside = createBeside();
  const writers = createWriters({ pdfs, beside, pictureOf: async () => null });
  const made = new Map<string, Uint8Array>();
  for (const [tag, lesson, name] of drawnSheets) {
    const page = realPage(tag, lesson);
    const task = tasksOf(writers, page).find(({ file }) => fileNameOf(file) === `${name}.docx`);
    if (task === undefined) throw new Error(`${tag} ${lesson} ${name} is not offered in Word`);
    made.set(name, await task.writer.build(page, task.file));
  }
  pdfs.close();
  await beside.close();
  return made;
}

export const hashesOf = (files: ReadonlyMap<string, Uint8Array>): readonly string[] =>
  [...files].map(([name, bytes]) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`);

// Run by itself: says what it made, for a process that has other fonts.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(JSON.stringify(hashesOf(await wordFiles())));
}
