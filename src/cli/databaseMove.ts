import type { Config } from '../config.ts';
import { moveBetween, readAlone, writeAlone } from '../databaseMove.ts';
import { printCollections } from './databaseCheck.ts';
import { createProgress } from './databaseProgress.ts';

const usage = `headwater db move --to mongodb://…      the embedded database to that server (and its database)
headwater db move --from mongodb://…    that server's database into the embedded one
  --replace   what the target holds may go; an embedded database is kept beside`;

/** `db move`: the embedded database to a MongoDB server, or back. The source is only read. */
export async function moveDatabase(config: Config, words: readonly string[]): Promise<number> {
  const asked = readWords(words);
  if (asked === null) {
    console.error(usage);
    return 1;
  }
  const { direction, uri, replace } = asked;
  const { databaseFile } = config;
  const progress = createProgress();
  const options = { replace, onProgress: progress.show };
  const shown = uri.replace(/\/\/[^@/]*@/, '//');
  try {
    if (direction === 'to') {
      const moved = await readAlone(databaseFile, (own) => moveBetween(own, uri, options), options);
      progress.end();
      printCollections(moved);
      console.log(`Moved and compared: ${databaseFile} to ${shown}. The file is as it was.`);
      console.log('Set MONGODB_URI to that address, and start the product.');
      return 0;
    }
    const { result, kept } = await writeAlone(
      databaseFile,
      (own) => moveBetween(uri, own, { ...options, replace: true }),
      options,
    );
    progress.end();
    printCollections(result);
    console.log(`Moved and compared: ${shown} to ${databaseFile}. The server's database is as it was.`);
    if (kept !== null) console.log(`The database before is ${kept}.`);
    console.log('Start the product without MONGODB_URI.');
    return 0;
  } finally {
    progress.end();
  }
}

type Asked = { readonly direction: 'to' | 'from'; readonly uri: string; readonly replace: boolean };

function readWords(words: readonly string[]): Asked | null {
  const rest = words.filter((word) => word !== '--replace');
  const [direction, uri] = rest.flatMap((word) => {
    const [name = '', ...value] = word.split('=');
    return name.startsWith('--') && value.length > 0 ? [name, value.join('=')] : [word];
  });
  const isAddress = uri !== undefined && /^mongodb(\+srv)?:\/\//.test(uri);
  if (!isAddress || (direction !== '--to' && direction !== '--from') || rest.length > 2) return null;
  return { direction: direction === '--to' ? 'to' : 'from', uri, replace: words.includes('--replace') };
}
