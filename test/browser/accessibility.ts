// axe-core in the page under its own CSP: a page's policy does not bind what the debugger evaluates, so nothing
// needs to be relaxed and the policy itself stays under test.
import axe, { type AxeResults } from 'axe-core';
import type { Page, Response } from 'playwright-core';

type Violation = AxeResults['violations'][number];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line a violation. `served` is the page's document, needed where scripts are off. */
export async function accessibilityFaults(page: Page, served: Response): Promise<string[]> {
  const scriptsOff = await page.evaluate(() => matchMedia('(scripting: none)').matches);
  return scriptsOff ? onTwin(page, served) : runAxe(page);
}

async function runAxe(page: Page): Promise<string[]> {
  // Half a megabyte to read: once a document, also where it is looked at in two widths.
  const there = await page.evaluate(() => 'axe' in globalThis);
  if (!there) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: tags,
        resultTypes: ['violations'],
        preload: false,
        iframes: false,
      }),
    TAGS,
  );
  const held = await Promise.all(violations.map((each) => lasting(page, each)));
  return held.flatMap(({ id, help, nodes }) => {
    if (nodes.length === 0) return [];
    const places = nodes
      .slice(0, 5)
      .map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`);
    return `axe ${id}: ${help}\n${places.join('\n')}`.replaceAll('\n', '\n      ');
  });
}

/**
 * A bar that stays at the foot of the window lies over whatever stands there now. What it covers can be scrolled out from
 * under it, so a target counts as too small only where it still is in the middle of the window.
 */
async function lasting(page: Page, violation: Violation): Promise<Violation> {
  if (violation.id !== 'target-size') return violation;
  const nodes: Violation['nodes'] = [];
  for (const node of violation.nodes) {
    const still = await page.evaluate(async (selector) => {
      document.querySelector(selector)?.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { axe: found } = globalThis as unknown as { axe: typeof axe };
      const again = await found.run(selector, { runOnly: { type: 'rule', values: ['target-size'] } });
      return again.violations.length > 0;
    }, String(node.target[0]));
    if (still) nodes.push(node);
  }
  return { ...violation, nodes };
}

/**
 * axe waits on timers, and a page with scripts off has none. So the same bytes are shown again with scripts on,
 * under a policy that lets none of the page's own scripts run. The one difference: `<noscript>` is not shown.
 */
async function onTwin(page: Page, served: Response): Promise<string[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser to open its twin in.');
  const headers = await served.allHeaders();
  const policy = headers['content-security-policy'];
  const twin = await browser.newContext({
    viewport: page.viewportSize(),
    storageState: await page.context().storageState(),
    colorScheme: await page.evaluate(() => (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')),
  });
  try {
    const body = await served.body();
    await twin.route(
      () => true,
      (route) =>
        route.request().isNavigationRequest()
          ? route.fulfill({
              status: 200,
              contentType: headers['content-type'] ?? 'text/html; charset=utf-8',
              headers: { 'content-security-policy': `${policy ? `${policy}, ` : ''}script-src 'none'` },
              body,
            })
          : route.continue(),
    );
    const twinPage = await twin.newPage();
    await twinPage.goto(page.url());
    return await runAxe(twinPage);
  } finally {
    await twin.close();
  }
}
