import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { type Running, start } from '../../src/main.ts';
import { launchBrowser } from '../browser/chromium.ts';
import { type Mailbox, startMailbox } from '../browser/mailbox.ts';
import { checkPage, watchPage } from '../browser/pageChecks.ts';

/** A whole product on a fresh data folder, with a browser and a mail server, and a clock that the story owns. */
export type River = {
  readonly running: Running;
  readonly mailbox: Mailbox;
  readonly browser: Browser;
  /** Lines that the start printed. */
  readonly printed: readonly string[];
  readonly folder: string;
  readonly close: () => Promise<void>;
};

/** Two lessons, two releases, three editions: small enough to start in seconds. */
const riverContent = join(import.meta.dirname, '../river/content');

export const password = 'a river runs downhill';

/** The story happens on one morning; each look at the clock is a second later than the one before. */
export function storyClock(morning = '2026-10-05T09:00:00.000Z'): () => string {
  let moment = Date.parse(morning);
  return () => {
    moment += 1000;
    return new Date(moment).toISOString();
  };
}

export async function startRiver(): Promise<River> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-story-'));
  const mailbox = await startMailbox();
  const printed: string[] = [];
  const config = readConfig({ PORT: '0', DATA_DIR: folder, SMTP_URL: mailbox.url });
  const running = await start(config, {
    now: storyClock(),
    contentFolder: riverContent,
    print: (line) => printed.push(line),
  });
  const browser = await launchBrowser();
  return {
    running,
    mailbox,
    browser,
    printed,
    folder,
    close: async () => {
      await browser.close();
      await running.close();
      await mailbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** How often each page has been checked; the story comes back to some of them twenty times. */
const checked = new Map<string, number>();
const often = 2;

/** Checks a page the first times that the story comes to it; what its console and its requests say is kept for the next. */
export async function look(page: Page, status = 200): Promise<void> {
  const { pathname } = new URL(page.url());
  const kind = `${pathname} ${status} ${page.viewportSize()?.width}`;
  const times = checked.get(kind) ?? 0;
  if (times >= often) return;
  checked.set(kind, times + 1);
  // The browser itself reports a page that was answered with an error; everything else must stay silent.
  await checkPage(page, { expectStatus: status, allowConsole: status < 400 ? [] : [/status of \d{3}/] });
}

/** Somebody at a browser. Each page is checked the first times that anybody comes to it: HTML, axe, requests, console. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a path and checks the page. */
  readonly visit: (path: string, status?: number) => Promise<void>;
  /** Presses a button or follows a link, waits for the page behind it, and checks it. */
  readonly press: (name: string | RegExp) => Promise<void>;
  /** The words of the page. */
  readonly words: () => Promise<string>;
};

export async function visitor(
  river: River,
  options: { script?: boolean; locale?: string; width?: number } = {},
): Promise<Visitor> {
  const context = await river.browser.newContext({
    javaScriptEnabled: options.script ?? true,
    locale: options.locale ?? 'en-GB',
    viewport: { width: options.width ?? 1280, height: 900 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const origin = river.running.address;
  watchPage(page, origin);
  return {
    page,
    context,
    visit: async (path, status = 200) => {
      await page.goto(origin + path);
      const came = new URL(page.url()).pathname;
      if (came.includes('/sign-in')) throw new Error(`${path} led to ${came}`);
      await look(page, status);
    },
    press: async (name) => {
      const target = page.getByRole('button', { name }).or(page.getByRole('link', { name })).first();
      await Promise.all([page.waitForNavigation(), target.click()]);
      await look(page);
    },
    words: async () => ((await page.locator('body').textContent()) ?? '').replace(/\s+/g, ' '),
  };
}

/** Somebody who has signed in; `email` without the demonstration's domain. */
export type Seated = Visitor & { readonly email: string };

/** Opens a seat's one-time link, sets a password, and with that sits down. The pages are the same for everybody: one is checked. */
export async function takeSeat(river: River, link: string, check: boolean): Promise<Seated> {
  const person = await visitor(river);
  if (check) await person.visit(new URL(link).pathname);
  else await person.page.goto(link);
  const email = await person.page.locator('#email').inputValue();
  await person.page.locator('#password').fill(password);
  await Promise.all([person.page.waitForNavigation(), person.page.locator('form button.main').click()]);
  if (check) await look(person.page);
  return { ...person, email: email.replace('.demonstration.invalid', '') };
}

/** Waits until something is so; the story's only way of waiting for work in the background. */
export async function until(what: string, so: () => Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await so()) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`It took too long until ${what}`);
}
