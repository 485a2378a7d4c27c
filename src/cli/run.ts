import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { beginSmall } from '../heap.ts';

const root = resolve(import.meta.dirname, '../..');

const usage = `headwater <noun> <verb>

  start                 run the product (what npm start does)
  serve public          the public folder alone: no desk, no database (PORT, HOST, DATA_DIR, CONTACT)
  db backup FILE        a hot, verified copy of the embedded database (--replace: over a file that is there)
  db restore FILE       put a copy back; the server has to be stopped, the database before is kept beside it
  db check              whether the database is whole: SQLite, every index against its documents, and the hashes of
                        releases and publications; may run beside the product; with MONGODB_URI, what that server can tell
  db move --to URI      the embedded database to the MongoDB server mongodb://…; the product has to be stopped
  db move --from URI    that server's database into the embedded one; --replace: what the target holds may go
  bundle check PLACE    whether a ZIP of an edition, or the folder it was unpacked into, is complete and unaltered
  content check         what has to be mended in content/ before it may go out
  content table         words, policies, reading level and completeness, by session and language
  prove NAME            a long proof, see docs/prove.md
  bench [NAME]          the benches of bench/

The environment (PORT, HOST, BASE_URL, CONTACT, DATA_DIR, MONGODB_URI, DATABASE_MEMORY_MB, SMTP_URL, TRUST_PROXY) is described in the README.
`;

/** Runs one command of the command line; returns the exit code, or undefined while a server keeps running. */
export async function run(words: readonly string[]): Promise<number | undefined> {
  const [noun = 'help', verb = '', ...rest] = words;
  switch (noun) {
    case 'start': {
      beginSmall();
      const { startProduct } = await import('./start.ts');
      return startProduct(readConfig(process.env));
    }
    case 'serve': {
      beginSmall();
      const { serve } = await import('./serve.ts');
      return serve(readConfig(process.env), verb);
    }
    case 'db': {
      const { database } = await import('./database.ts');
      return database(readConfig(process.env), verb, rest);
    }
    case 'content': {
      const { content } = await import('./content.ts');
      return content(readConfig(process.env), verb, rest);
    }
    case 'bundle': {
      const { bundle } = await import('./bundle.ts');
      return bundle(verb, rest);
    }
    case 'prove':
      return script('test/prove', verb, rest);
    case 'bench':
      return verb === '' ? benches() : script('bench', verb, rest);
    default:
      console.log(usage);
      return noun === 'help' || noun === '--help' ? 0 : 1;
  }
}

const scriptsIn = (folder: string): readonly string[] => {
  const place = join(root, folder);
  const files = existsSync(place) ? readdirSync(place) : [];
  return files.filter((name) => name.endsWith('.run.ts')).map((name) => name.slice(0, -'.run.ts'.length));
};

/** Runs `folder/name.run.ts` in a process of its own. */
function script(folder: string, name: string, words: readonly string[]): Promise<number> {
  const known = scriptsIn(folder);
  if (!known.includes(name)) {
    console.error(`There is no ${folder}/${name}. There are: ${known.join(', ')}`);
    return Promise.resolve(1);
  }
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, folder, `${name}.run.ts`), ...words], {
      stdio: 'inherit',
      cwd: root,
    });
    child.on('exit', (code) => done(code ?? 1));
  });
}

async function benches(): Promise<number> {
  let worst = 0;
  for (const name of scriptsIn('bench')) worst = Math.max(worst, await script('bench', name, []));
  return worst;
}
