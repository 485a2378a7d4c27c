/** The word behind `--name` on the command line; null where it is not given. */
export function wordOption(name: string, words: readonly string[] = process.argv.slice(2)): string | null {
  const at = words.findIndex((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  if (at === -1) return null;
  const given = words[at]?.includes('=') ? words[at]?.split('=').slice(1).join('=') : words[at + 1];
  if (given === undefined || given === '') throw new Error(`--${name} needs a word`);
  return given;
}
