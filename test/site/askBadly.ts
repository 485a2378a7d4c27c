import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { BadInput } from './badInputs.ts';
import { withoutWayOut } from './wayOut.ts';

export type Whole = {
  readonly code: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly milliseconds: number;
};

export function askWhole(
  origin: string,
  { method = 'GET', path, headers = {} }: Pick<BadInput, 'method' | 'path' | 'headers'>,
) {
  const { hostname, port } = new URL(origin);
  const began = performance.now();
  return new Promise<Whole>((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          code: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString('utf8'),
          milliseconds: performance.now() - began,
        }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** Longer than any of these may keep the only thread, even on a machine with other work. */
const slow = 5_000;
const runs = /<script(?! type="application\/ld\+json")|<img[^>]*onerror|\son\w+=|javascript:/i;

/** Beside line ends and tabs. */
const unseen = /(?![\n\t])\p{Cc}|[\u202a-\u202e]/u;

/** What is wrong with the answer to a bad input; empty where nothing is. `same`: what `as` answers. */
export function faultsOf(input: BadInput, answer: Whole, same: string | null): readonly string[] {
  const { code, headers, text, milliseconds } = answer;
  const shown = withoutWayOut(text).replace(/<style[\s\S]*?<\/style>/g, '');
  const expected: readonly (readonly [so: boolean, fault: string])[] = [
    [code === input.code, `${code}, not ${input.code}`],
    [headers['set-cookie'] === undefined, 'a cookie'],
    [milliseconds < slow, `${Math.round(milliseconds)} ms`],
    [code === 431 || headers['x-content-type-options'] === 'nosniff', 'a type may be guessed'],
    [code !== 416 || /^bytes \*\/\d+$/.test(String(headers['content-range'])), 'no length beside a 416'],
    [code !== 405 || headers.allow === 'GET, HEAD', 'no word of what is allowed'],
    [!runs.test(shown), 'something that would run'],
    [!unseen.test(shown), 'signs that nobody can see'],
    [input.page === undefined || text.includes(`<html lang="${input.page}"`), `no page in ${input.page}`],
    [input.page === undefined || (text.match(/<h1/g) ?? []).length === 1, 'no page with one headline'],
    [input.says === undefined || input.says.test(text), `nothing about ${input.says}`],
    [same === null || text === same, `not the answer of ${input.as}`],
  ];
  return expected.filter(([so]) => !so).map(([, fault]) => `${input.name}: ${fault}`);
}

/** Sends all of them; what was answered by code, and what was wrong. */
export async function askBadly(origin: string, inputs: readonly BadInput[]) {
  const codes: Record<string, number> = {};
  const wrong: string[] = [];
  for (const input of inputs) {
    const answer = await askWhole(origin, input);
    const same = input.as === undefined ? null : (await askWhole(origin, { path: input.as })).text;
    codes[answer.code] = (codes[answer.code] ?? 0) + 1;
    wrong.push(...faultsOf(input, answer, same));
  }
  return { codes, wrong };
}

/** Every name and byte below a folder. */
export function foldedUp(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const name of names.sort()) hash.update(`${name}\0`).update(readFileSync(name));
  return hash.digest('hex');
}
