import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const localesFolder = join(import.meta.dirname, '../../locales');

/** The files of the words around lessons, for a writer's version. */
export const labelFiles = (name: string): readonly string[] =>
  readdirSync(localesFolder)
    .sort()
    .map((language) => join(localesFolder, language, `${name}.json`))
    .filter((file) => existsSync(file));

/** The words around lessons by language (`locales/LANGUAGE/NAME.json`), English where a language has none. */
export function readLabels<Labels>(name: string): (language: string) => Labels {
  const labels = new Map<string, Labels>();
  for (const file of labelFiles(name)) {
    labels.set(file.split(/[\\/]/).at(-2) ?? '', JSON.parse(readFileSync(file, 'utf8')));
  }
  const english = labels.get('en');
  if (english === undefined) throw new Error(`locales/en/${name}.json is missing`);
  return (language) => labels.get(language) ?? english;
}
