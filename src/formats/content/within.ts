import type { ContentFiles } from './readBaseline.ts';

/** The files inside a folder, by their path in it. `folder` ends with a slash. */
export function filesWithin(files: ContentFiles, folder: string): Map<string, string> {
  const inside = [...files].filter(([name]) => name.startsWith(folder));
  return new Map(inside.map(([name, text]) => [name.slice(folder.length), text]));
}
