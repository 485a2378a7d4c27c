import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { eachAtOnce, runTool } from './tools.ts';

/** Files of one process: its start takes longer than a file. */
const together = 24;

/** Where LibreOffice puts the PDF of a file. */
const pdfOf = (folder: string, path: string): string => join(folder, basename(path).replace(/\.[^.]+$/, '.pdf'));

/**
 * Opens every file with LibreOffice and prints it as PDF: the paths of the PDFs by those of the files. What it could not
 * open has none. Two processes at once, each with a profile of its own.
 */
export async function printByLibreOffice(
  paths: readonly string[],
  folder: string,
  done: (count: number) => void,
): Promise<ReadonlyMap<string, string>> {
  const target = join(folder, 'printed');
  mkdirSync(target, { recursive: true });
  const batches = Array.from({ length: Math.ceil(paths.length / together) }, (_, index) =>
    paths.slice(index * together, (index + 1) * together),
  );
  let printed = 0;
  await eachAtOnce([...batches.entries()], 2, async ([number, batch]) => {
    await print(batch, join(folder, `profile-${number}`), target);
    // What a broken neighbour has dragged along is tried again by itself.
    for (const path of batch.filter((each) => !existsSync(pdfOf(target, each)))) {
      await print([path], join(folder, `profile-${number}`), target);
    }
    rmSync(join(folder, `profile-${number}`), { recursive: true, force: true });
    printed += batch.length;
    done(printed);
  });
  return new Map(paths.map((path) => [path, pdfOf(target, path)] as const).filter(([, pdf]) => existsSync(pdf)));
}

async function print(paths: readonly string[], profile: string, target: string): Promise<void> {
  const words = ['--headless', `-env:UserInstallation=${pathToFileURL(profile)}`, '--convert-to', 'pdf'];
  await runTool('soffice', [...words, '--outdir', target, ...paths], 60 + 20 * paths.length);
}
