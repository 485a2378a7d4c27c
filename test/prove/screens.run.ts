/**
 * Takes the pictures under docs/screens/: the main pages on a phone and a desktop, left to right and right to left, the
 * desk also dark. Run it after a change of the look, and open what it made.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { start } from '../../src/main.ts';
import { launchBrowser } from '../browser/chromium.ts';
import { password, storyClock } from '../story/river.ts';
import { deskShots, publicShots, type Shot } from './screenShots.ts';
import { takeStaged } from './stagedScreens.ts';

const target = resolve(import.meta.dirname, '../../docs/screens');
const widths = { desktop: 1440, phone: 360 } as const;
/** Taller pages are cut: their beginning shows the look, and the files stay small. */
const tallest = 2600;

/** Sheets as they come out of a printer: edition, lesson, file, and the page. */
const sheets = [
  ['en-GB', 'A3', 'comic'],
  ['en-GB', 'C1', 'scale-cards'],
  ['tr-TR', 'A1', 'body-outline'],
  ['tr-TR', 'D3', 'service-map'],
  ['ar-EG', 'B4', 'five-steps'],
  ['ar-EG', 'C3', 'first-ten-minutes'],
] as const;

/** Needs pdftoppm, of Debian's poppler-utils. */
async function print(origin: string): Promise<void> {
  for (const [edition, lesson, name] of sheets) {
    const asked = () => fetch(`${origin}/${edition}/lessons/${lesson}/${name}.pdf`);
    let answer = await asked();
    // Not made yet: who waits is answered in twenty seconds at the latest, and asks again.
    for (let again = 0; answer.status === 503 && again < 15; again++) answer = await asked();
    if (answer.status !== 200) throw new Error(`${edition} ${lesson} ${name}: ${answer.status}`);
    const pdf = join(tmpdir(), `${edition}-${lesson}-${name}.pdf`);
    await writeFile(pdf, new Uint8Array(await answer.arrayBuffer()));
    const picture = `sheet-${lesson}-${name}-${edition}`;
    execFileSync('pdftoppm', ['-r', '96', '-png', '-singlefile', pdf, join(target, picture)]);
    await rm(pdf);
    console.log(`${picture}.png`);
  }
}

async function shoot(page: Page, file: string, view: boolean): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  if (view) {
    await page.screenshot({ path: join(target, file) });
    console.log(file);
    return;
  }
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const width = page.viewportSize()?.width ?? 1280;
  await page.screenshot({
    path: join(target, file),
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, tallest) },
  });
  console.log(file);
}

async function inWidths(
  browser: Browser,
  origin: string,
  shots: readonly Shot[],
  dark: boolean,
  state?: string,
): Promise<void> {
  for (const [size, width] of Object.entries(widths)) {
    const taken = shots.filter((shot) => size === 'desktop' || (!dark && shot.sizes !== 'wide'));
    if (taken.length === 0) continue;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      ...(state === undefined ? {} : { storageState: JSON.parse(state) }),
    });
    const page = await context.newPage();
    for (const shot of taken) {
      await page.goto(origin + shot.path);
      await shoot(page, `${shot.name}-${dark ? 'dark' : size}.png`, shot.view ?? false);
    }
    await context.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'headwater-screens-'));
await mkdir(target, { recursive: true });
const links = new Map<string, string>();
const running = await start(readConfig({ PORT: '0', DATA_DIR: folder }), {
  now: storyClock(),
  print: (line) => {
    const link = line.match(/\/desk\/link\/\S+/)?.[0];
    const partner = line.match(/\(([^)]+)\)/)?.[1];
    if (link !== undefined && partner !== undefined) links.set(`${partner} ${links.size}`, link);
  },
});
await running.ready;
await new Promise((done) => setTimeout(done, 500));
const browser = await launchBrowser();
await inWidths(browser, running.address, publicShots, false);
await print(running.address);

/** Each seat's link shows its address; the state of the signed-in browser is kept by that. */
const states = new Map<string, string>();
for (const link of links.values()) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(running.address + link);
  const email = await page.locator('#email').inputValue();
  await page.locator('#password').fill(password);
  await Promise.all([page.waitForNavigation(), page.locator('form button.main').click()]);
  states.set(email.replace('.demonstration.invalid', ''), JSON.stringify(await context.storageState()));
  await context.close();
}
for (const shot of deskShots) {
  const state = states.get(shot.seat ?? '');
  await inWidths(browser, running.address, [shot], false, state);
  if (!shot.name.endsWith('-ar') && shot.sizes !== 'wide')
    await inWidths(browser, running.address, [shot], true, state);
}
await takeStaged(browser, running.address, states, (page, file) => shoot(page, file, true));
await browser.close();
await running.close();
await rm(folder, { recursive: true, force: true });
