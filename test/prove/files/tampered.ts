import { execFile } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import type { Unpacked } from '../../formats/bundle/unpacked.ts';

const root = resolve(import.meta.dirname, '../../..');

/** What `headwater bundle check` prints of a copy, and whether it ended with 0. */
async function bundleCheck(place: string): Promise<{ readonly complete: boolean; readonly said: string }> {
  const words = ['headwater.mjs', 'bundle', 'check', place];
  const run = promisify(execFile)(process.execPath, words, { cwd: root });
  return run.then(
    ({ stdout }) => ({ complete: stdout.includes('Complete and unaltered'), said: stdout }),
    (problem: { stdout?: string; code?: unknown }) => {
      if (problem.code !== 1) throw problem;
      return { complete: false, said: problem.stdout ?? '' };
    },
  );
}

/** What is said of a copy that should be complete. */
export async function checkFaults(place: string): Promise<readonly string[]> {
  const { complete, said } = await bundleCheck(place);
  return complete ? [] : [said];
}

/** One bit of one byte in the middle of a page. */
function oneBitOff(bytes: Uint8Array): Uint8Array {
  const other = Uint8Array.from(bytes);
  const at = bytes.length >> 1;
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

/** What is not found, or not by its name, when a copy is tampered with; the folder is left as it was. */
export async function tamperedFaults(files: Unpacked, folder: string, page: string): Promise<readonly string[]> {
  const bytes = files.get(page);
  if (bytes === undefined) return [`there is no ${page}`];
  const faults: string[] = [];
  const expect = async (place: string, what: string, line: RegExp): Promise<void> => {
    const { complete, said } = await bundleCheck(place);
    const lines = said.split('\n').filter((each) => /^(changed|missing|added) /.test(each));
    if (complete || lines.length !== 1 || !line.test(lines[0] ?? '')) faults.push(`${what}: ${said}`);
  };
  const name = JSON.stringify(page).replaceAll('.', '\\.');
  const changed = new RegExp(`^changed +${name}$`);
  const missing = new RegExp(`^missing +${name}$`);
  const added = /^added +"lessons\/added\.html"$/;

  const zip = `${folder}.tampered.zip`;
  const zipped: readonly (readonly [what: string, line: RegExp, copy: Unpacked])[] = [
    ['ZIP, one bit of a page', changed, new Map([...files, [page, oneBitOff(bytes)]])],
    ['ZIP, a page removed', missing, new Map([...files].filter(([path]) => path !== page))],
    ['ZIP, a page added', added, new Map([...files, ['lessons/added.html', bytes]])],
  ];
  for (const [what, line, copy] of zipped) {
    writeFileSync(zip, zipSync(Object.fromEntries(copy), { level: 0 }));
    await expect(zip, what, line);
  }
  rmSync(zip);

  const place = join(folder, page);
  writeFileSync(place, oneBitOff(bytes));
  await expect(folder, 'folder, one bit of a page', changed);
  writeFileSync(place, bytes);
  renameSync(place, `${folder}.aside`);
  await expect(folder, 'folder, a page removed', missing);
  renameSync(`${folder}.aside`, place);
  const extra = join(folder, 'lessons', 'added.html');
  writeFileSync(extra, bytes);
  await expect(folder, 'folder, a page added', added);
  rmSync(extra);
  return faults;
}
