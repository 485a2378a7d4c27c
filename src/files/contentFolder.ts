import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The Markdown and YAML files of a folder by their path in it, with slashes on every system. */
export async function readContentFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const wanted = names.filter((name) => /\.(md|yaml)$/.test(name)).sort();
  const entries = await Promise.all(
    wanted.map(async (name) => [name.replaceAll('\\', '/'), await readFile(join(folder, name), 'utf8')] as const),
  );
  return new Map(entries);
}
