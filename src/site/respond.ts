import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';

/** Bytes with everything that an answer needs, made once and sent many times. */
export type Answer = {
  readonly code: number;
  readonly etag: string;
  readonly mediaType: string;
  readonly identity: () => Buffer;
  /** Instead of `identity`, of what is too large for the memory: its length, and the bytes from one to another. */
  readonly streamed?: { readonly length: number; readonly part: (from: number, to: number) => Readable };
  readonly gzip: (() => Buffer) | null;
  readonly brotli: (() => Buffer) | null;
  /** Headers beside type, length, tag and encoding. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parts may be asked for. */
  readonly ranges: boolean;
  /** Stands in for a file that is not there yet. */
  readonly making?: true;
};

const secure: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  // Nothing is told to others; a form has to be able to say that it comes from here.
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'interest-cohort=(), geolocation=(), camera=(), microphone=()',
};

/** A recall has to reach everyone in minutes: nothing is kept longer, and every copy is asked about again. */
export const briefly = 'public, max-age=300, must-revalidate';

/** What may be in a page: the hash of its style, and of the one script it may have. */
export type PageParts = { readonly style?: string; readonly script?: string; readonly pictures?: boolean };

export function pageHeaders({ style, script, pictures }: PageParts, cache = briefly): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src '${style ?? 'none'}'`,
    ...(script === undefined ? [] : [`script-src '${script}'`]),
    pictures ? "img-src 'self' data:" : 'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    ...secure,
    'Content-Security-Policy': policy.join('; '),
    'Cache-Control': cache,
    Vary: 'Accept-Encoding',
  };
}

/** A picture is a picture and nothing else: whatever its bytes were, nothing in them is run, framed or guessed at. */
export function pictureHeaders(fileName: string): Readonly<Record<string, string>> {
  return {
    ...fileHeaders(fileName),
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

export function fileHeaders(fileName: string): Readonly<Record<string, string>> {
  return {
    ...secure,
    'Content-Security-Policy': "frame-ancestors 'none'",
    'Cache-Control': briefly,
    'Content-Disposition': `inline; filename="${fileName.replace(/[^\w.-]/g, '_')}"`,
    'Accept-Ranges': 'bytes',
  };
}

type Encoding = { readonly name: 'br' | 'gzip' | ''; readonly bytes: () => Buffer; readonly etag: string };

/** Refused with `q=0` counts as refused. */
function encodingFor(answer: Answer, accepted: string): Encoding {
  if (answer.brotli && /\bbr\b(?!\s*;\s*q=0(\.0*)?(\s|,|$))/.test(accepted)) {
    return { name: 'br', bytes: answer.brotli, etag: `"${answer.etag}-br"` };
  }
  if (answer.gzip && /\bgzip\b(?!\s*;\s*q=0(\.0*)?(\s|,|$))/.test(accepted)) {
    return { name: 'gzip', bytes: answer.gzip, etag: `"${answer.etag}-gz"` };
  }
  return { name: '', bytes: answer.identity, etag: `"${answer.etag}"` };
}

function isKnown(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.trim() === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

type Span = readonly [from: number, to: number];

/** One range as it was written; null for what is none, `outside` for one that begins after the end. */
function spanOf(text: string, length: number): Span | null | 'outside' {
  const [, from = '', to = ''] = /^(\d*)-(\d*)$/.exec(text.trim()) ?? [];
  if (from === '' && to === '') return null;
  if (from === '') return Number(to) === 0 || length === 0 ? 'outside' : [Math.max(0, length - Number(to)), length - 1];
  if (to !== '' && Number(to) < Number(from)) return null;
  if (Number(from) >= length) return 'outside';
  return [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)];
}

/**
 * The part that was asked for. Null sends the whole: nothing was asked for, it was asked in a way that nobody
 * understands, or several parts were. `outside`: nothing of it is there, which is a 416.
 */
function rangeOf(header: string | undefined, length: number): Span | null | 'outside' {
  const asked = /^bytes=(.+)$/i.exec(header?.trim() ?? '')?.[1]?.split(',') ?? [];
  if (asked.length === 0 || asked.length > 20) return null;
  const spans = asked.filter((each) => each.trim() !== '').map((each) => spanOf(each, length));
  if (spans.length === 0 || spans.includes(null)) return null;
  const there = spans.filter((span) => span !== null && span !== 'outside');
  if (there.length === 0) return 'outside';
  return there.length === 1 ? (there[0] ?? null) : null;
}

/** Sends an answer: 304 to who has it, a part to who asks for one, no body to HEAD. */
export function respond(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const { headers } = request;
  const chosen = encodingFor(answer, String(headers['accept-encoding'] ?? ''));
  const common = { ...answer.headers, ETag: chosen.etag };
  if (answer.code === 200 && isKnown(headers['if-none-match'], chosen.etag)) {
    response.writeHead(304, common).end();
    return;
  }
  const streamed = chosen.name === '' ? answer.streamed : undefined;
  const bytes = streamed ? null : chosen.bytes();
  const length = streamed?.length ?? bytes?.length ?? 0;
  const send = (code: number, more: Readonly<Record<string, string | number>>, from: number, to: number): void => {
    // Opened before the head is written: a file that is gone is a 500, not half an answer.
    const part = request.method === 'HEAD' || length === 0 ? undefined : streamed?.part(from, to);
    response.writeHead(code, { ...more, 'Content-Length': to + 1 - from });
    if (part) pipeline(part, response, () => {});
    else response.end(request.method === 'HEAD' ? undefined : bytes?.subarray(from, to + 1));
  };
  const full = {
    ...common,
    'Content-Type': answer.mediaType,
    ...(chosen.name ? { 'Content-Encoding': chosen.name } : {}),
  };
  const current = headers['if-range'] === undefined || headers['if-range'] === chosen.etag;
  const range = answer.ranges && request.method === 'GET' && current ? rangeOf(headers.range, length) : null;
  if (range === 'outside') {
    response.writeHead(416, { ...common, 'Content-Range': `bytes */${length}` }).end();
    return;
  }
  if (range) send(206, { ...full, 'Content-Range': `bytes ${range[0]}-${range[1]}/${length}` }, range[0], range[1]);
  else send(answer.code, full, 0, length - 1);
}

/** A line of words for machines and for the worst case: no page, no language. */
export function plainText(response: ServerResponse, code: number, text: string): true {
  response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end(text);
  return true;
}
