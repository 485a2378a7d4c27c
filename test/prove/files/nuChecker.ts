import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

/** The Nu checker's jar, in an npm package that fetches a Java at its installation: so it is unpacked, never installed. */
const packed = 'vnu-jar@26.9.27';
const inside = 'package/build/dist/vnu.jar';

const report = z.object({
  messages: z.array(
    z.object({
      type: z.enum(['error', 'info', 'non-document-error']),
      subType: z.string().optional(),
      url: z.string().optional(),
      lastLine: z.number().optional(),
      message: z.string(),
      extract: z.string().optional(),
    }),
  ),
});
type Message = z.infer<typeof report>['messages'][number];

/** Warnings that stay, each with the reason; everything else that the checker warns of is a failure. */
const staying: readonly { readonly message: RegExp; readonly at: RegExp; readonly why: string }[] = [
  {
    message: /^Section lacks heading\./,
    at: /<section class="notice" aria-labelledby="notice-title">/,
    why: 'the safety notice has a name, and stands before the h1, where a lower heading would be wrong',
  },
];

/** What the checker says of one page, each in a line; `staying`: why a warning stays. */
export type NuFindings = {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly staying: readonly string[];
};
type Kind = keyof NuFindings;
export const nothingFound: NuFindings = { errors: [], warnings: [], staying: [] };

/** Fetches the jar into a folder and returns where it lies. */
function fetchChecker(folder: string): string {
  const [tarball = ''] = execFileSync('npm', ['pack', '--silent', packed], { cwd: folder, encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(-1);
  execFileSync('tar', ['-xzf', tarball, inside], { cwd: folder });
  return join(folder, inside);
}

const lineOf = ({ lastLine, message, extract = '' }: Message): string =>
  `line ${lastLine ?? '?'}: ${message} at “${extract.replace(/\s+/g, ' ').trim()}”`;

/** Null for what only tells where something else was. */
function kindOf(message: Message): { readonly kind: Kind; readonly line: string } | null {
  const { type, subType, message: said, extract = '' } = message;
  if (type !== 'info') return { kind: 'errors', line: lineOf(message) };
  if (subType !== 'warning') return null;
  const known = staying.find((one) => one.message.test(said) && one.at.test(extract.replace(/\s+/g, ' ')));
  return known ? { kind: 'staying', line: known.why } : { kind: 'warnings', line: lineOf(message) };
}

/** The Nu checker in one process: a start takes longer than a page. `pages`: HTML by a name of the caller's own. */
export async function checkHtml(
  folder: string,
  pages: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, NuFindings>> {
  const place = join(folder, 'html');
  mkdirSync(place);
  const names = [...pages.keys()];
  for (const [at, html] of [...pages.values()].entries()) writeFileSync(join(place, `${at}.html`), html);
  const words = ['-jar', fetchChecker(folder), '--format', 'json', '--stdout', '--exit-zero-always', place];
  const { stdout } = await promisify(execFile)('java', words, { maxBuffer: 2 ** 28 });
  const { messages } = report.parse(JSON.parse(stdout));
  const found = new Map(
    names.map((name) => [name, { errors: [], warnings: [], staying: [] } as Record<Kind, string[]>]),
  );
  for (const message of messages) {
    const at = /(\d+)\.html$/.exec(message.url === undefined ? '' : fileURLToPath(message.url))?.[1];
    const page = found.get(names[Number(at)] ?? '');
    if (at === undefined || page === undefined) throw new Error(`The Nu checker: ${message.message}`);
    const kind = kindOf(message);
    if (kind !== null) page[kind.kind].push(kind.line);
  }
  return found;
}
