import type { IncomingMessage, ServerResponse } from 'node:http';
import { addresses } from './addresses.ts';
import { baselineAnswer, baselineFeedAnswer, coverageAnswer } from './baselineAnswers.ts';
import { accessibilityAnswer, homeAnswer, progressAnswer, verifyAnswer } from './dynamicAnswers.ts';
import { createDynamicPages } from './dynamicPages.ts';
import { answerOfEntry, editionAnswer } from './editionAnswers.ts';
import { feedbackAnswer, feedbackRefusal, type RefusedForm } from './feedbackAnswers.ts';
import { languagesAnswer } from './languageAnswers.ts';
import { readerLanguage, type Words } from './languages.ts';
import { printableBase } from './pagedLesson.ts';
import type { SiteEntry } from './pointer.ts';
import { createPublicFolder } from './publicFolder.ts';
import { isTorn, type RefusalKind, refuse } from './refusals.ts';
import { createRenderer } from './render.ts';
import { type Answer, plainText, respond } from './respond.ts';

/** How far the first start has come; null when it is done. */
export type Progress = { readonly done: number; readonly total: number; readonly step: string };

export type PublicDeps = {
  /** `DATA_DIR/public`: the only thing that is read. */
  readonly folder: string;
  readonly translate: Words;
  readonly progress: () => Progress | null;
  /** Whether the rest of the product works; the public pages go on without it. */
  readonly ready?: () => boolean;
  /** `https://headwater.example`: feeds name whole addresses only where this is set, and not this machine's own. */
  readonly baseUrl?: string | null;
  /** Where readers say that a page does not work for them: a mail address, or the address of a page. */
  readonly contact?: string | null;
  readonly clock?: () => number;
  /**
   * Where files are built: the one at an address that is not there yet, or null in so many ms. Without it, such an address
   * says that the file is being made.
   */
  readonly fileNow?: (tag: string, path: string, milliseconds: number) => Promise<SiteEntry | null>;
  /** How long a reader waits for a file, in ms. */
  readonly patience?: number;
  /** Told what should never happen: a broken folder. The reader gets 500, the process lives. */
  readonly failed?: (problem: unknown) => void;
};

export type PublicSite = {
  /** For `node:http`: answers and returns true, or leaves the request alone and returns false. */
  readonly publicListener: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** The same as Express middleware; belongs before everything else. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  /** The page for a form that was refused; null for a path that is no lesson's form. */
  readonly formRefusal: (...refused: RefusedForm) => string | null;
  /** What no desk is there for: forms that cannot be taken just now, pages that are not there, other methods. */
  readonly withoutDesk: (request: IncomingMessage, response: ServerResponse) => void;
  /** The last handler of the app: a page in the reader's language. */
  readonly notFound: (request: IncomingMessage, response: ServerResponse) => void;
};

/** Longer than any tag, shorter than what a file may be called. */
const longestTag = 60;
const tagPattern = /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?-(?:[A-Z]{2}|\d{3})(?:-x(?:-[a-z0-9]{1,8})+)?$/;

/** The public site, from the folder alone: it answers while the desk and the database are down. */
export function createPublicHandler(deps: PublicDeps): PublicSite {
  const folder = createPublicFolder(deps.folder, deps.clock);
  const renderer = createRenderer(deps.translate);
  const site = {
    folder,
    renderer,
    words: deps.translate,
    cached: createDynamicPages(),
    base: printableBase(deps.baseUrl),
    contact: deps.contact ?? null,
  };

  const languageOf = (request: IncomingMessage, query?: URLSearchParams) =>
    readerLanguage(query?.get('language') ?? undefined, request.headers['accept-language']);

  function answerFor(request: IncomingMessage, path: string, search: string): Answer | null | 'nothing' {
    const query = new URLSearchParams(search);
    const progress = deps.progress();
    if (path === '/') {
      const language = languageOf(request, query);
      return progress
        ? progressAnswer(site, progress, language)
        : homeAnswer(site, language, request.headers['accept-language']);
    }
    // The square on paper says it in capitals.
    if (/^\/verify(\/|$)/i.test(path)) {
      return verifyAnswer(site, path.slice('/verify/'.length), query, languageOf(request, query));
    }
    if (path === addresses.coverage) return coverageAnswer(site, languageOf(request, query));
    if (path === addresses.accessibility) return accessibilityAnswer(site, languageOf(request, query));
    if (path === addresses.baselineChanges) return baselineAnswer(site, languageOf(request, query));
    if (path === addresses.baselineFeed) return baselineFeedAnswer(site);
    if (path.startsWith('/lessons/')) {
      return languagesAnswer(site, path.slice('/lessons/'.length), languageOf(request, query));
    }
    const slash = path.indexOf('/', 1);
    const tag = slash === -1 ? path.slice(1) : path.slice(1, slash);
    if (tag.length > longestTag || !tagPattern.test(tag)) return 'nothing';
    const answer = editionAnswer(site, tag, path, query) ?? feedbackAnswer(site, path);
    return answer ?? (progress ? progressAnswer(site, progress, languageOf(request)) : null);
  }

  function publicListener(request: IncomingMessage, response: ServerResponse): boolean {
    const { url = '/', method } = request;
    const mark = url.indexOf('?');
    const path = mark === -1 ? url : url.slice(0, mark);
    if (method !== 'GET' && method !== 'HEAD') return refuseMethod(request, response, path);
    if (path === '/healthz') return plainText(response, 200, 'ok\n');
    if (path === '/readyz') {
      const ready = deps.progress() === null && (deps.ready?.() ?? true);
      return plainText(response, ready ? 200 : 503, ready ? 'ready\n' : 'not ready\n');
    }
    try {
      const answer = answerFor(request, path, mark === -1 ? '' : url.slice(mark + 1));
      if (answer === 'nothing' && !isTorn(path)) return false;
      if (answer === null || answer === 'nothing') refused(request, response, isTorn(path) ? 'torn' : 'missing');
      else if (answer.making && deps.fileNow) void wait(request, response, path, answer, deps.fileNow);
      else respond(request, response, answer);
      return true;
    } catch (problem) {
      return broken(response, problem);
    }
  }

  const refused = (request: IncomingMessage, response: ServerResponse, kind: RefusalKind): void =>
    refuse(site, kind, languageOf(request), request, response);

  /** What has a page is read and nothing else; only the form of a lesson is sent, to the desk. */
  function refuseMethod(request: IncomingMessage, response: ServerResponse, path: string): boolean {
    const form = request.method === 'POST' && path.endsWith('/feedback');
    try {
      const answer = form || deps.progress() !== null ? null : answerFor(request, path, '');
      if (answer === null || answer === 'nothing') return false;
    } catch (problem) {
      return broken(response, problem);
    }
    refused(request, response, 'readOnly');
    return true;
  }

  function broken(response: ServerResponse, problem: unknown): true {
    deps.failed?.(problem);
    if (response.headersSent) response.destroy();
    else plainText(response, 500, 'This page cannot be shown now. Please try again in a minute.\n');
    return true;
  }

  /** A reader who asked for a file that is not there yet gets it as soon as it is made. */
  async function wait(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    before: Answer,
    fileNow: NonNullable<PublicDeps['fileNow']>,
  ): Promise<void> {
    try {
      const tag = path.split('/')[1] ?? '';
      const entry = await fileNow(tag, path, deps.patience ?? 20_000);
      if (response.destroyed) return;
      // A recall may have come meanwhile: what the pointer says now goes before what was asked for then.
      const now = editionAnswer(site, tag, path, new URLSearchParams()) ?? before;
      respond(request, response, now.making && entry ? answerOfEntry(site, entry) : now);
    } catch (problem) {
      broken(response, problem);
    }
  }

  function withoutDesk(request: IncomingMessage, response: ServerResponse): void {
    const { url = '/', method } = request;
    if (method === 'GET' || method === 'HEAD') {
      notFound(request, response);
      return;
    }
    const away = method === 'POST' ? feedbackRefusal(site, url, 'unavailable', {}, 503, {}) : null;
    if (away === null) refused(request, response, 'readOnly');
    else {
      response.setHeader('Connection', 'close');
      respond(request, response, away);
    }
  }

  function notFound(request: IncomingMessage, response: ServerResponse): void {
    const [path = '/'] = (request.url ?? '/').split('?');
    refused(request, response, isTorn(path) ? 'torn' : 'missing');
  }

  return {
    publicListener,
    handle: (request, response, next) => {
      if (!publicListener(request, response)) next();
    },
    formRefusal: (...refused) =>
      feedbackRefusal(site, ...refused)
        ?.identity()
        .toString('utf8') ?? null,
    withoutDesk,
    notFound,
  };
}
