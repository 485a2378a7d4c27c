import type { Browser, CDPSession, Page } from 'playwright-core';
import { wayOut } from '../site/wayOut.ts';

/** Bytes in a second, and seconds until an answer begins: what the browser holds back of what arrives. */
export const line = { bytesPerSecond: 35_000, latencySeconds: 0.6 };

export type Visit = {
  readonly path: string;
  readonly status: number;
  /** Of every request of the visit, heads and bodies as they came over the line. */
  readonly bytes: number;
  readonly requests: number;
  /** Seconds from the click to the first words painted, the largest block painted, and the whole page read. */
  readonly firstPaint: number;
  readonly mainText: number;
  readonly contentLoaded: number;
  /** What a first visit must not have: scripts but the way out, other origins, cookies. */
  readonly faults: readonly string[];
  /** The first PDF that the page offers. */
  readonly pdf: string | null;
};

async function slowed(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: line.latencySeconds * 1000,
    downloadThroughput: line.bytesPerSecond,
    uploadThroughput: line.bytesPerSecond,
  });
  return session;
}

/** What a page says about itself when it is there; runs in the page. */
async function timesIn(page: Page) {
  return page.evaluate(async (way) => {
    const largest = await new Promise<number>((done) => {
      new PerformanceObserver((list) => done(list.getEntries().at(-1)?.startTime ?? Number.NaN)).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      });
      setTimeout(() => done(Number.NaN), 3000);
    });
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const main = document.querySelector('main');
    return {
      firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      largest,
      contentLoaded: navigation?.domContentLoadedEventEnd ?? Number.NaN,
      words: main?.textContent.trim().length ?? 0,
      // A style that the policy of the page refuses is not among them.
      rules: [...document.styleSheets].reduce((sum, { cssRules }) => sum + cssRules.length, 0),
      // Data that says of itself that it is none of a script's is not run; the way out of the page is no other's.
      scripts: [...document.scripts].filter(({ type, text }) => type !== 'application/ld+json' && text !== way).length,
      handlers: [...document.querySelectorAll('*')].filter((element) =>
        element.getAttributeNames().some((name) => name.startsWith('on')),
      ).length,
      pdf: document.querySelector<HTMLAnchorElement>('main a[href$=".pdf"]')?.getAttribute('href') ?? null,
    };
  }, wayOut);
}

/** Opens a page for the first time, on a slow line, as a phone with nothing in its memory. */
export async function firstVisit(browser: Browser, origin: string, path: string, locale: string): Promise<Visit> {
  const context = await browser.newContext({ locale, viewport: { width: 360, height: 740 } });
  try {
    const page = await context.newPage();
    const session = await slowed(page);
    const faults: string[] = [];
    let bytes = 0;
    let requests = 0;
    session.on('Network.requestWillBeSent', ({ request, type }) => {
      if (request.url.startsWith('data:')) return;
      requests += 1;
      if (new URL(request.url).origin !== origin) faults.push(`asks ${request.url}`);
      if (type === 'Script') faults.push(`loads the script ${request.url}`);
    });
    session.on('Network.responseReceivedExtraInfo', ({ headers }) => {
      if (Object.keys(headers).some((name) => name.toLowerCase() === 'set-cookie')) faults.push('sets a cookie');
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    const answer = await page.goto(origin + path, { waitUntil: 'load' });
    const times = await timesIn(page);
    if (times.scripts > 0) faults.push(`${times.scripts} scripts in the page`);
    if (times.handlers > 0) faults.push(`${times.handlers} elements with a script in an attribute`);
    if (times.words === 0) faults.push('no words in its main part');
    if (times.rules === 0) faults.push('without its style');
    if ((await context.cookies()).length > 0) faults.push('a cookie is kept');
    const seconds = (milliseconds: number): number => Number((milliseconds / 1000).toFixed(2));
    return {
      path,
      status: answer?.status() ?? 0,
      bytes,
      requests,
      firstPaint: seconds(times.firstPaint),
      mainText: seconds(times.largest),
      contentLoaded: seconds(times.contentLoaded),
      faults,
      pdf: times.pdf,
    };
  } finally {
    await context.close();
  }
}

/** Loads a file over the slow line, as a click on its link does: seconds until its last byte is there, and its bytes. */
export async function loadFile(browser: Browser, address: string): Promise<{ seconds: number; bytes: number }> {
  const context = await browser.newContext({ bypassCSP: true });
  try {
    const page = await context.newPage();
    // Of the same origin, so that the bytes can be counted.
    await page.goto(new URL('/verify', address).href);
    await slowed(page);
    return await page.evaluate(async (href) => {
      const began = performance.now();
      const answer = await fetch(href, { cache: 'no-store' });
      const { byteLength } = await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${href} answers ${answer.status}`);
      return { seconds: Number(((performance.now() - began) / 1000).toFixed(2)), bytes: byteLength };
    }, address);
  } finally {
    await context.close();
  }
}
