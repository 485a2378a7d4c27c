import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BundleCheck, checkBundle, checkFiles } from '../formats/offline/checkBundle.ts';

/** What computers leave in every folder that they show. */
const leavings = /(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** `bundle check PLACE`: 0 for a copy that is complete and unaltered, 1 for any other. */
export async function bundle(verb: string, [place]: readonly string[]): Promise<number> {
  if (verb !== 'check' || place === undefined) {
    console.error('headwater bundle check FILE.zip, or headwater bundle check FOLDER');
    return 1;
  }
  const target = resolve(place);
  const stat = statSync(target, { throwIfNoEntry: false });
  if (stat === undefined) {
    console.error(`There is no ${target}.`);
    return 1;
  }
  const found = stat.isDirectory() ? checkFolder(target) : checkBundle(readFileSync(target));
  for (const line of linesOf(found)) console.log(line);
  return found.kind === 'complete' ? 0 : 1;
}

function checkFolder(folder: string): BundleCheck {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => !leavings.test(name));
  return checkFiles(names, (name) => {
    try {
      return readFileSync(join(folder, name));
    } catch {
      return null;
    }
  });
}

const unreadable: Readonly<Record<'noZip' | 'tooLarge' | 'noManifest', string>> = {
  noZip: 'This is no ZIP, or it is damaged. Get a new copy.',
  tooLarge: 'This ZIP says that it unpacks to more than any edition holds. It was not unpacked.',
  noManifest: 'This is no copy of an edition, or its manifest.json is damaged. Get a new copy.',
};

function linesOf(found: BundleCheck): readonly string[] {
  if (found.kind === 'unreadable') return [unreadable[found.why]];
  const { edition, publication, release, files, address, signature, expires } = found.manifest;
  const what = `${edition}, publication ${publication.number} of ${publication.on}, baseline ${release}, ${files.length} files`;
  if (found.kind === 'altered') {
    const told = (word: string, paths: readonly string[]) => paths.map((path) => `${word}  ${JSON.stringify(path)}`);
    return [
      `Not as it was packed: ${what}.`,
      ...told('changed', found.changed),
      ...told('missing', found.missing),
      ...told('added  ', found.extra),
      'Do not teach from this copy. Get a new one.',
    ];
  }
  return [
    what,
    `Complete and unaltered since packing; ask ${address ?? 'the address it came from'} whether it is current.`,
    `Signature: ${signature ?? 'none'}. Expires: ${expires ?? 'not stated'}.`,
  ];
}
