import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import type { CodeRow, EditionPointer } from '../../src/site/pointer.ts';

/** An answer in short. */
export type Seen = { readonly status: number; readonly bytes: number; readonly sha256: string; readonly etag: string };

/** Everything that a reader can ask of a public folder: pages, files, feeds, searches, filters, codes, forms. */
export function addressesOf(publicFolder: string, pointers: readonly EditionPointer[]): readonly string[] {
  const lessons = new Set(pointers.flatMap(({ facts }) => facts.rows.map(({ lesson }) => lesson)));
  const languages = ['en', 'tr', 'ar'].map((language) => `/?language=${language}`);
  const shared = ['/', '/coverage', '/verify', '/baseline/changes', '/baseline/changes.atom', '/healthz', '/readyz'];
  const perEdition = pointers.flatMap(({ edition, entries, facts, codes }) => {
    const rows = JSON.parse(readFileSync(join(publicFolder, codes), 'utf8')) as readonly CodeRow[];
    const words = facts.rows.flatMap(({ title }) => title.split(/\s+/).slice(0, 1));
    return [
      ...Object.keys(entries),
      ...rows.flatMap(({ code }) => [`/verify/${code}`, `/VERIFY/${code}`]),
      ...words.map((word) => `/${edition}?q=${encodeURIComponent(word)}`),
      ...facts.rows.map(({ minutes }) => `/${edition}?minutes=${minutes}`),
      ...facts.rows.map(({ lesson }) => `/${edition}/lessons/${encodeURIComponent(lesson)}/feedback`),
    ];
  });
  const elsewhere = [...lessons].map((lesson) => `/lessons/${encodeURIComponent(lesson)}`);
  return [...new Set([...shared, ...languages, ...elsewhere, ...perEdition])];
}

export function see(origin: string, path: string): Promise<Seen> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve) => {
    const away = (): void => resolve({ status: 0, bytes: 0, sha256: '', etag: '' });
    const asked = request({ hostname, port, path, headers: { 'accept-encoding': 'identity' } }, (answer) => {
      const hash = createHash('sha256');
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        hash.update(chunk);
      });
      answer.on('error', away);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          bytes,
          sha256: hash.digest('hex'),
          etag: String(answer.headers.etag ?? ''),
        }),
      );
    });
    asked.on('error', away);
    asked.end();
  });
}

/** Asks for all of them, one after another. */
export async function seeAll(origin: string, paths: readonly string[]): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  for (const path of paths) seen.set(path, await see(origin, path));
  return seen;
}

/** Where the second look differs from the first, or is no 200. */
export function differences(before: ReadonlyMap<string, Seen>, after: ReadonlyMap<string, Seen>): readonly string[] {
  return [...before].flatMap(([path, was]) => {
    const now = after.get(path);
    if (now?.status !== 200) return [`${path}: ${now?.status ?? 'not asked'}`];
    const same = now.sha256 === was.sha256 && now.etag === was.etag && now.bytes === was.bytes;
    return same ? [] : [`${path}: other bytes than before`];
  });
}
