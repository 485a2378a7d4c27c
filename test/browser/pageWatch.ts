// What a page does while it loads and runs: kept from the first request on, asked for by checkPage.
import type { ConsoleMessage, Page, Response } from 'playwright-core';

export interface ConsoleFinding {
  readonly kind: 'console' | 'csp';
  readonly text: string;
  /** Where the message came from; for a failed load, the address that failed. */
  readonly url: string;
}

export interface PageFindings {
  readonly console: readonly ConsoleFinding[];
  /** Requests to other origins and uncaught script errors, ready to print. */
  readonly faults: readonly string[];
  /** The address of the document. */
  readonly document: string;
}

interface PageWatch {
  document: Response | null;
  console: ConsoleFinding[];
  faults: string[];
}

const watches = new WeakMap<Page, PageWatch>();

/** Starts watching. Call it before the first `goto`: what happened earlier is lost. `origin` is `http://host:port` or `file://`. */
export function watchPage(page: Page, origin: string): void {
  const watch: PageWatch = { document: null, console: [], faults: [] };
  watches.set(page, watch);
  page.on('request', (request) => {
    if (leaves(request.url(), origin)) watch.faults.push(`request leaves the origin: ${request.url()}`);
  });
  page.on('response', (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) watch.document = response;
  });
  page.on('console', (message) => {
    const finding = consoleFinding(message);
    if (finding) watch.console.push(finding);
  });
  page.on('pageerror', (error) => watch.faults.push(`page error: ${error.message}`));
}

/** The last answer that became this page's document. */
export function servedDocument(page: Page): Response | null {
  return watchOf(page).document;
}

/** Hands over the findings so far, so that each is reported once. */
export function takeFindings(page: Page): PageFindings {
  const watch = watchOf(page);
  const { console, faults } = watch;
  watch.console = [];
  watch.faults = [];
  return { console, faults, document: watch.document?.url() ?? '' };
}

function watchOf(page: Page): PageWatch {
  const watch = watches.get(page);
  if (!watch) throw new Error('Call watchPage(page, origin) before the page is opened.');
  return watch;
}

function leaves(url: string, origin: string): boolean {
  const { protocol, origin: requested } = new URL(url);
  if (protocol === 'data:' || protocol === 'blob:' || protocol === 'about:') return false;
  return protocol === 'file:' ? !origin.startsWith('file:') : requested !== origin;
}

/** Chromium reports a blocked load or inline script as a console error, also where scripts are off. */
function consoleFinding(message: ConsoleMessage): ConsoleFinding | null {
  const text = message.text();
  const url = message.location().url;
  if (/content security policy/i.test(text)) return { kind: 'csp', text: `CSP violation: ${text}`, url };
  if (message.type() !== 'error' && message.type() !== 'warning') return null;
  return { kind: 'console', text: `console ${message.type()}: ${text}`, url };
}
