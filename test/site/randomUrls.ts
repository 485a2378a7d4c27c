import { request } from 'node:http';
import { randomFrom } from '../prove/evidence.ts';

const pieces = [
  ...[
    'en-GB',
    'tr-TR',
    'ar-EG',
    'fr-FR',
    'tr-TR-x-ngo',
    'tr-TR-x-a-b-c',
    `tr-TR-x-${'abcdefgh-'.repeat(40)}a`,
    'en-gb',
  ],
  ...['lessons', 'A3', 'B4', 'D1', 'help', 'changes', 'changes.atom', 'baseline', 'coverage', 'verify', 'pictures'],
  ...[
    'feedback',
    'thanks',
    'reported',
    'guide.pdf',
    'pack.pdf',
    'card.pdf',
    'pic-00.webp',
    'healthz',
    'readyz',
    'desk',
  ],
  ...['..', '.', '', '%2e%2e', '..%2f..%2f', '%00', '%', '%E0%A4%A', '%ff%fe', 'index.json', 'tags.json', 'objects'],
  ...['__proto__', 'constructor', 'hasOwnProperty', '%7B%7B', '<script>', "'--", 'A%33', 'a'.repeat(3000)],
  ...['%F0%9F%92%A7', '%D8%A7', ';', '\\', '*', '~', '@', ':', '//'],
];
const editions = ['en-GB', 'tr-TR', 'ar-EG'];
const lessons = ['A1', 'A3', 'B1', 'B4', 'D1'];
const queries = ['language', 'age', 'minutes', 'topic', 'screens', 'code', 'q', 'format', '__proto__', 'a[b]', '%'];
const values = [
  'ar',
  'en',
  '7-9',
  '40',
  'none',
  '-1',
  '1e9',
  'NaN',
  '7QK4M-2XD5H',
  '%00',
  '%',
  '<script>',
  'x'.repeat(900),
];
const ranges = ['bytes=0-9', 'bytes=9-0', 'bytes=-5', 'bytes=99999999-', 'bytes=0-1,5-6', 'bytes=a', 'x'];
const methods = [...Array<string>(8).fill('GET'), 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Addresses as a crawler, a scanner or a torn link would ask for them; the same seed gives the same ones. */
export function* randomRequests(seed: number, count: number): Generator<Asked> {
  const random = randomFrom(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T;
  /** Any character that may stand in a request line. */
  const noise = (): string =>
    Array.from({ length: below(12) }, () => String.fromCharCode(0x21 + below(0x5e)))
      .join('')
      .replaceAll('#', '%23');
  for (let made = 0; made < count; made++) {
    const begin = random() < 0.4 ? [one(editions), ...(random() < 0.7 ? ['lessons', one(lessons)] : [])] : [];
    const more = Array.from({ length: below(begin.length > 0 ? 3 : 6) }, () =>
      random() < 0.25 ? noise() : one(pieces),
    );
    const asked = Array.from({ length: below(4) }, () => `${one(queries)}=${random() < 0.3 ? noise() : one(values)}`);
    const language: Record<string, string> =
      random() < 0.3 ? { 'accept-language': one(['ar', 'tr;q=2', ';;;', ',']) } : {};
    const range: Record<string, string> = random() < 0.3 ? { range: one(ranges) } : {};
    const known: Record<string, string> = random() < 0.2 ? { 'if-none-match': one(['*', '"x"', 'W/"', ',']) } : {};
    const headers = {
      ...language,
      ...range,
      ...known,
      'accept-encoding': one(['br', 'gzip', 'identity', 'br;q=0', '*']),
    };
    yield {
      method: one(methods),
      path: `/${[...begin, ...more].join('/')}${asked.length > 0 ? `?${asked.join('&')}` : ''}`,
      headers,
    };
  }
}

/** What a server answered: its code, and whether the answer carried what every answer has to. */
export type Answered = Asked & { readonly code: number; readonly cookie: boolean };

/** Asks as it is written: no client tidies the path up first. */
export function ask(origin: string, asked: Asked): Promise<Answered> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, ...asked }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        resolve({ ...asked, code: answer.statusCode ?? 0, cookie: answer.headers['set-cookie'] !== undefined }),
      );
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Every request of a seed, one after another; what was answered, by code, and what should never have been. */
export async function askAll(origin: string, seed: number, count: number) {
  const codes: Record<string, number> = {};
  const wrong: string[] = [];
  for (const asked of randomRequests(seed, count)) {
    const { code, cookie } = await ask(origin, asked);
    codes[code] = (codes[code] ?? 0) + 1;
    if (code >= 500 || code < 200 || cookie) wrong.push(`${code} ${asked.method} ${JSON.stringify(asked.path)}`);
  }
  return { codes, wrong };
}
