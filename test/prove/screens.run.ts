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

const target = resolve(import.meta.dirname, '../../docs/screens');
const widths = { desktop: 1280, phone: 360 } as const;
/** Taller pages are cut: their beginning shows the look, and the files stay small. */
const tallest = 2600;

type Shot = { readonly name: string; readonly path: string; readonly seat?: string };

const publicShots: readonly Shot[] = [
  { name: 'home-en', path: '/?language=en' },
  { name: 'home-ar', path: '/?language=ar' },
  { name: 'edition-en', path: '/en-GB' },
  { name: 'edition-ar', path: '/ar-EG' },
  { name: 'lesson-tr', path: '/tr-TR/lessons/B4' },
  { name: 'lesson-young-en', path: '/en-GB/lessons/A1' },
  { name: 'lesson-en', path: '/en-GB/lessons/C3' },
  { name: 'lesson-ar', path: '/ar-EG/lessons/B4' },
  { name: 'help-ar', path: '/ar-EG/help' },
  { name: 'verify-en', path: '/verify?language=en' },
];

const deskShots: readonly Shot[] = [
  { name: 'today', path: '/desk/editions/tr-TR', seat: 'coordinator@tr-partner' },
  { name: 'today-ar', path: '/desk/editions/ar-EG', seat: 'coordinator@eg-partner' },
  { name: 'update', path: '/desk/editions/tr-TR/update', seat: 'translator@tr-partner' },
  { name: 'workbench', path: '/desk/editions/tr-TR/lessons/B4?unit=SHR.before.0', seat: 'translator@tr-partner' },
  { name: 'workbench-ar', path: '/desk/editions/ar-EG/lessons/C3', seat: 'translator@eg-partner' },
  { name: 'facts', path: '/desk/editions/tr-TR/facts', seat: 'coordinator@tr-partner' },
  { name: 'publish', path: '/desk/editions/tr-TR/publish', seat: 'coordinator@tr-partner' },
  { name: 'publish-ar', path: '/desk/editions/ar-EG/publish', seat: 'coordinator@eg-partner' },
  { name: 'baseline', path: '/desk/baseline/lessons/B4', seat: 'pedagogue@authority' },
  { name: 'releases', path: '/desk/baseline/releases', seat: 'chief-editor@authority' },
];

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
    const answer = await fetch(`${origin}/${edition}/lessons/${lesson}/${name}.pdf`);
    if (answer.status !== 200) throw new Error(`${edition} ${lesson} ${name}: ${answer.status}`);
    const pdf = join(tmpdir(), `${edition}-${lesson}-${name}.pdf`);
    await writeFile(pdf, new Uint8Array(await answer.arrayBuffer()));
    const picture = `sheet-${lesson}-${name}-${edition}`;
    execFileSync('pdftoppm', ['-r', '96', '-png', '-singlefile', pdf, join(target, picture)]);
    await rm(pdf);
    console.log(`${picture}.png`);
  }
}

async function shoot(page: Page, file: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
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
    if (dark && size === 'phone') continue;
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? 'dark' : 'light',
      ...(state === undefined ? {} : { storageState: JSON.parse(state) }),
    });
    const page = await context.newPage();
    for (const shot of shots) {
      await page.goto(origin + shot.path);
      await shoot(page, `${shot.name}-${dark ? 'dark' : size}.png`);
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
  await page.locator('#email').fill(email);
  await page.locator('#password').fill(password);
  await Promise.all([page.waitForNavigation(), page.locator('form button.main').click()]);
  states.set(email.replace('.demonstration.invalid', ''), JSON.stringify(await context.storageState()));
  await context.close();
}
for (const shot of deskShots) {
  const state = states.get(shot.seat ?? '');
  await inWidths(browser, running.address, [shot], false, state);
  if (!shot.name.endsWith('-ar')) await inWidths(browser, running.address, [shot], true, state);
}
await browser.close();
await running.close();
await rm(folder, { recursive: true, force: true });
