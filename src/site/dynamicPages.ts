import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { RenderedPage } from './render.ts';
import { type Answer, briefly, pageHeaders } from './respond.ts';

const most = 300;

/** A page with its tag, ready to be sent; compressed when first asked for. */
export function answerOf(
  page: RenderedPage,
  {
    code = 200,
    cache = briefly,
    headers = {},
  }: { code?: number; cache?: string; headers?: Record<string, string> } = {},
): Answer {
  const bytes = Buffer.from(page.html);
  let gzip: Buffer | null = null;
  let brotli: Buffer | null = null;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 4 };
  return {
    code,
    etag: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    mediaType: 'text/html; charset=utf-8',
    identity: () => bytes,
    gzip: () => {
      gzip ??= gzipSync(bytes);
      return gzip;
    },
    brotli: () => {
      brotli ??= brotliCompressSync(bytes, { params: quality });
      return brotli;
    },
    headers: { ...pageHeaders(page, cache), ...headers },
    ranges: false,
  };
}

/** Pages drawn on demand, kept while what they were drawn from has the same stamp. */
export function createDynamicPages() {
  const kept = new Map<string, { readonly stamp: string; readonly answer: Answer }>();
  return (key: string, stamp: string, draw: () => Answer): Answer => {
    const known = kept.get(key);
    if (known?.stamp === stamp) return known.answer;
    const answer = draw();
    kept.delete(key);
    kept.set(key, { stamp, answer });
    const oldest = kept.keys().next();
    if (kept.size > most && !oldest.done) kept.delete(oldest.value);
    return answer;
  };
}
