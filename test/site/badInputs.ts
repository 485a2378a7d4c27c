import {
  absurdFilters,
  climbing,
  hostileWords,
  malformedCodes,
  methods,
  tornPaths,
  unknownCodes,
} from './hostileWords.ts';

/** Something that nobody should send, and what has to come back. */
export type BadInput = {
  readonly name: string;
  readonly method?: string;
  /** As it stands in the request line: nothing tidies it up. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly code: number;
  /** The language of the page; absent where no page comes. */
  readonly page?: 'en' | 'tr' | 'ar';
  /** What the answer has to say. */
  readonly says?: RegExp;
  /** The answer has to be the one of this address. */
  readonly as?: string;
};

const speaks = (language: string) => ({ 'accept-language': language });
const inTurn = ['en', 'tr', 'ar'] as const;
const editions = { en: 'en-GB', tr: 'tr-TR', ar: 'ar-EG' } as const;

/** `file`: a PDF of `length` bytes, with its tag. */
export function badInputs(file: {
  readonly path: string;
  readonly length: number;
  readonly etag: string;
}): readonly BadInput[] {
  const { path, length, etag } = file;
  const range = (name: string, asked: string, code: number, more: Readonly<Record<string, string>> = {}): BadInput => ({
    name: `range: ${name}`,
    path,
    headers: { range: asked, ...more },
    code,
  });
  return [
    ...unknownCodes.flatMap((code) =>
      inTurn.map(
        (page): BadInput => ({
          name: `an unknown code (${page})`,
          path: `/verify/${encodeURIComponent(code)}`,
          headers: speaks(page),
          code: 404,
          page,
        }),
      ),
    ),
    ...malformedCodes.flatMap((code, at): readonly BadInput[] => {
      const page = inTurn[at % 3] ?? 'en';
      const typed = encodeURIComponent(code);
      const what = {
        name: `a malformed code: ${JSON.stringify(code.slice(0, 20))}`,
        headers: speaks(page),
        code: 404,
        page,
      };
      return [
        { ...what, path: `/verify/${typed}` },
        { ...what, path: `/verify?code=${typed}` },
      ];
    }),
    { name: 'a torn code', path: '/verify/%E0%A4%A', headers: speaks('tr'), code: 400, page: 'tr' },
    ...hostileWords.map((words, at): BadInput => {
      const page = inTurn[at % 3] ?? 'en';
      return {
        name: `a question: ${JSON.stringify(words.slice(0, 20))}`,
        path: `/${editions[page]}?q=${encodeURIComponent(words)}`,
        // The language of an edition is that of its pages, whatever the browser would like.
        headers: speaks(inTurn[(at + 1) % 3] ?? 'en'),
        code: 200,
        page,
      };
    }),
    ...inTurn.map(
      (page): BadInput => ({
        name: `a question of 10 kB (${page})`,
        path: `/${editions[page]}?q=${'k'.repeat(10_000)}`,
        code: 400,
        page,
      }),
    ),
    ...absurdFilters.map(
      (query): BadInput => ({
        name: `a filter: ${query.slice(0, 24)}`,
        path: `/en-GB?${query}`,
        code: 200,
        page: 'en',
        as: '/en-GB',
      }),
    ),
    {
      name: 'a filter twice: the first counts',
      path: '/en-GB?age=7-9&age=10-12',
      code: 200,
      page: 'en',
      as: '/en-GB?age=7-9',
    },
    ...tornPaths.map((torn, at): BadInput => {
      const known = torn.startsWith('/en-GB');
      const page = known ? 'en' : (inTurn[at % 3] ?? 'en');
      const asked = known ? speaks('tr') : speaks(page);
      return { name: `a torn address: ${torn}`, path: torn, headers: asked, code: 400, page };
    }),
    ...climbing.map((up): BadInput => ({ name: `out of the folder: ${up}`, path: up, code: 404, page: 'en' })),
    {
      name: 'nothing in an edition',
      path: '/ar-EG/lessons/none',
      headers: speaks('tr'),
      code: 404,
      page: 'ar',
      says: /16 000/,
    },
    { name: 'nothing at all', path: '/nothing', headers: speaks('tr'), code: 404, page: 'tr' },
    ...methods.flatMap((method): readonly BadInput[] => [
      { name: `${method} of the home page`, method, path: '/', headers: speaks('tr'), code: 405, page: 'tr' },
      {
        name: `${method} of a lesson`,
        method,
        path: '/ar-EG/lessons/A3',
        headers: speaks('tr'),
        code: 405,
        page: 'ar',
      },
      { name: `${method} of a file`, method, path, code: 405, page: 'tr' },
    ]),
    range('beyond the end', `bytes=${length}-`, 416),
    range('far beyond the end', `bytes=${'9'.repeat(300)}-`, 416),
    range('the last none', 'bytes=-0', 416),
    range('several, all beyond', `bytes=${length}-,${length + 5}-`, 416),
    range('reversed', 'bytes=9-5', 200),
    range('several', 'bytes=0-4,10-14', 200),
    range('a thousand', `bytes=${'0-0,'.repeat(1000)}0-0`, 200),
    range('overlapping by hundreds', `bytes=0-${',0-'.repeat(300)}`, 200),
    range('letters', 'bytes=a-b', 200),
    range('negative', 'bytes=-5--1', 200),
    range('another unit', 'lines=1-5', 200),
    range('of the file as it was once', 'bytes=0-4', 200, { 'if-range': '"old"' }),
    range('of a weak tag', 'bytes=0-4', 200, { 'if-range': `W/${etag}` }),
    range('of a day', 'bytes=0-4', 200, { 'if-range': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    range('beyond the end of the file as it was', `bytes=${length}-`, 200, { 'if-range': '"old"' }),
    range('of the file as it is', 'bytes=0-4', 206, { 'if-range': etag }),
    { name: 'headers of 20 kB', path: '/en-GB', headers: { cookie: 'c='.repeat(10_000) }, code: 431 },
    { name: 'an address of 20 kB', path: `/en-GB?q=${'a'.repeat(20_000)}`, code: 431 },
    {
      name: 'a thousand languages',
      path: '/',
      headers: speaks(`ar,${'xx-YY;q=0.5,'.repeat(900)}tr`),
      code: 200,
      page: 'ar',
    },
    {
      name: 'languages that are none',
      path: '/',
      headers: speaks(`;;;,q=,*;q=${'9'.repeat(500)}`),
      code: 200,
      page: 'en',
    },
    {
      name: 'encodings without end',
      path: '/en-GB',
      headers: { 'accept-encoding': 'br;q=0,'.repeat(500) },
      code: 200,
      page: 'en',
    },
    {
      name: 'tags without end',
      path: '/en-GB',
      headers: { 'if-none-match': '"x",'.repeat(2000) },
      code: 200,
      page: 'en',
    },
    {
      name: 'cookies are not looked at',
      path: '/en-GB',
      headers: { cookie: 'desk=1; __proto__=2' },
      code: 200,
      page: 'en',
      as: '/en-GB',
    },
  ];
}
