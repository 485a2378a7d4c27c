// One harness for every page of the product. A test opens a page and calls checkPage; what any page must hold
// is written here once.
import type { Page } from 'playwright-core';
import { accessibilityFaults } from './accessibility.ts';
import { type PageFindings, servedDocument, takeFindings } from './pageWatch.ts';
import { invalidHtml } from './servedHtml.ts';

export { watchPage } from './pageWatch.ts';

export interface PageExpectation {
  /** 200 unless told. */
  readonly expectStatus?: number;
  /** Console messages this page may write. A CSP violation is never allowed. */
  readonly allowConsole?: readonly RegExp[];
}

/** Throws one Error that lists everything wrong with the page now open. Needs watchPage before the page was opened. */
export async function checkPage(page: Page, expectation: PageExpectation = {}): Promise<void> {
  const shown = await shownFaults(page, expectation.expectStatus ?? 200);
  const faults = [...shown, ...observedFaults(takeFindings(page), expectation)];
  if (faults.length === 0) return;
  const viewport = page.viewportSize();
  const size = viewport ? ` at ${viewport.width}x${viewport.height}` : '';
  const lines = faults.map((fault) => `  - ${fault}`);
  throw new Error([`${page.url()}${size}: ${faults.length} finding(s)`, ...lines].join('\n'));
}

async function shownFaults(page: Page, expectStatus: number): Promise<string[]> {
  const served = servedDocument(page);
  if (!served) return ['no document was served'];
  const faults: string[] = [];
  if (served.status() !== expectStatus) faults.push(`status ${served.status()}, expected ${expectStatus}`);
  const type = (await served.allHeaders())['content-type'] ?? 'no content type';
  if (!page.url().startsWith('file:') && !/^text\/html;\s*charset=utf-8$/i.test(type)) faults.push(`served as ${type}`);
  faults.push(...(await invalidHtml((await served.body()).toString('utf8'))));
  faults.push(...(await documentFaults(page)));
  faults.push(...(await accessibilityFaults(page, served)));
  return faults;
}

/** What can be read off the document itself, also where scripts are off. */
async function documentFaults(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const outside = [...document.body.querySelectorAll('*')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (right > root.clientWidth + 1 || left < -1);
    });
    return {
      headings: document.querySelectorAll('h1').length,
      language: root.lang.trim(),
      title: document.title.trim(),
      twice: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))],
      room: root.clientWidth,
      width: root.scrollWidth,
      outside: outside.slice(0, 5).map(({ tagName, id, className }) => `${tagName.toLowerCase()}#${id}.${className}`),
    };
  });
  const room = Math.min(found.room, page.viewportSize()?.width ?? found.room);
  const faults: string[] = [];
  if (found.headings !== 1) faults.push(`${found.headings} h1 elements, expected exactly one`);
  if (!found.language) faults.push('the document has no lang');
  if (!found.title) faults.push('the document has no title');
  if (found.twice.length > 0) faults.push(`ids used twice: ${found.twice.join(', ')}`);
  if (found.width > room) {
    faults.push(`scrolls sideways: ${found.width}px wide in ${room}px; ${found.outside.join(', ')}`);
  }
  return faults;
}

function observedFaults({ console, faults, document }: PageFindings, expectation: PageExpectation): string[] {
  const { expectStatus = 200, allowConsole = [] } = expectation;
  const unexpected = console.filter(({ kind, text, url }) => {
    if (kind === 'csp') return true;
    // Chromium writes an error for a document answered with 4xx or 5xx; the status itself is checked above.
    if (expectStatus >= 400 && url === document && text.includes('Failed to load resource')) return false;
    return !allowConsole.some((allowed) => allowed.test(text));
  });
  return [...faults, ...unexpected.map(({ text, url }) => `${text} [${url}]`)];
}
