import { addresses } from './addresses.ts';
import type { PublicSiteParts } from './dynamicAnswers.ts';
import { answerOf } from './dynamicPages.ts';
import { addressOf, noChoices, readChoices } from './filters.ts';
import { editionView } from './pages/editionView.ts';
import type { EditionPointer, SiteEntry } from './pointer.ts';
import { type Answered, type Question, readQuestion } from './question.ts';
import { type Answer, fileHeaders, pageHeaders, pictureHeaders } from './respond.ts';

/** Files of more bytes come from disk each time, a little at once; the others are kept in memory. */
const keptBelow = 2 ** 20;

/** Ready answers of one state of an edition. */
const ready = new WeakMap<EditionPointer, Map<string, Answer>>();

export function answerOfEntry({ folder }: Pick<PublicSiteParts, 'folder'>, entry: SiteEntry): Answer {
  const { gzip, brotli, fileName, code = 200 } = entry;
  return {
    code,
    etag: entry.etag,
    mediaType: entry.mediaType,
    identity: () => folder.object(entry.object),
    ...(fileName !== undefined && entry.bytes > keptBelow
      ? {
          streamed: {
            length: entry.bytes,
            part: (from: number, to: number) => folder.part(entry.object, from, to),
          },
        }
      : {}),
    gzip: gzip ? () => folder.object(gzip) : null,
    brotli: brotli ? () => folder.object(brotli) : null,
    headers: headersOf(entry),
    ranges: fileName !== undefined,
    ...(code === 503 ? { making: true } : {}),
  };
}

function headersOf({ fileName, mediaType, code, ...parts }: SiteEntry): Readonly<Record<string, string>> {
  if (code === 503) return { ...pageHeaders(parts, 'no-store'), 'Retry-After': '20' };
  if (fileName === undefined) return pageHeaders(parts);
  return mediaType.startsWith('image/') ? pictureHeaders(fileName) : fileHeaders(fileName);
}

/** The entry of an address; a file of a lesson that was taken back answers as the lesson does. */
function entryAt(pointer: EditionPointer, path: string): SiteEntry | null {
  const { entries } = pointer;
  if (Object.hasOwn(entries, path)) return entries[path] ?? null;
  const lesson = /^(\/[^/]+\/lessons\/[^/]+)\/[^/]+$/.exec(path)?.[1];
  const parent = lesson !== undefined && Object.hasOwn(entries, lesson) ? entries[lesson] : undefined;
  return parent?.code === 410 ? parent : null;
}

function normalised(path: string): string {
  try {
    return path
      .split('/')
      .map((part) => encodeURIComponent(decodeURIComponent(part)))
      .join('/');
  } catch {
    return path;
  }
}

/** The head page for what a reader chose and typed; null when that is nothing. */
function foundAnswer(
  site: PublicSiteParts,
  pointer: EditionPointer,
  stamp: string,
  query: URLSearchParams,
): Answer | null {
  const { facts } = pointer;
  const searchable = pointer.search !== undefined;
  const question: Question = searchable ? readQuestion(query) : { kind: 'none' };
  const choices = readChoices(facts.rows, query);
  if (choices === null && question.kind === 'none') return null;
  const draw = (answered: Answered, code = 200) => {
    const { frame, data } = editionView(facts, site.words, choices ?? noChoices, answered, searchable);
    return answerOf(site.renderer.page('edition', frame, data), code === 200 ? {} : { code, cache: 'no-store' });
  };
  if (question.kind === 'tooLong') return draw(question, 400);
  const text = question.kind === 'asked' ? question.text : '';
  return site.cached(addresses.edition(facts.tag) + addressOf(choices ?? noChoices, text), stamp, () => {
    if (question.kind === 'none') return draw(question);
    const ready = site.folder.searchOf(pointer);
    if (ready === null) return draw({ kind: 'none' });
    // Lessons that were taken back are not among the rows.
    const among = new Set(facts.rows.map(({ lesson }) => lesson));
    return draw({ ...question, found: ready.find(text, among), language: ready.language });
  });
}

/** What stands at an address of an edition; null when nothing does. */
export function editionAnswer(site: PublicSiteParts, tag: string, path: string, query: URLSearchParams): Answer | null {
  const { value: pointer, stamp } = site.folder.edition(tag);
  if (!pointer) return null;
  if (query.size > 0 && path === addresses.edition(tag) && pointer.publication !== null) {
    const found = foundAnswer(site, pointer, stamp, query);
    if (found) return found;
  }
  let answers = ready.get(pointer);
  if (!answers) {
    answers = new Map();
    ready.set(pointer, answers);
  }
  const known = answers.get(path);
  if (known) return known;
  const entry = entryAt(pointer, path) ?? entryAt(pointer, normalised(path));
  if (!entry) return null;
  const answer = answerOfEntry(site, entry);
  if (answers.size < 2000) answers.set(path, answer);
  return answer;
}
