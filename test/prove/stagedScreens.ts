// Pictures of moments that have to be brought about first: two writers on one unit, a file that came back.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

type Take = (page: Page, file: string) => Promise<void>;

const bench = '/desk/editions/tr-TR/lessons/B4?unit=B4.summary';
const exchange = '/desk/editions/tr-TR/exchange';

/** `states`: the signed-in browsers by seat. */
export async function takeStaged(
  browser: Browser,
  origin: string,
  states: ReadonlyMap<string, string>,
  take: Take,
): Promise<void> {
  const open = async (seat: string, path: string): Promise<Page> => {
    const storageState = JSON.parse(states.get(seat) ?? '{}');
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, storageState });
    const page = await context.newPage();
    await page.goto(origin + path);
    return page;
  };
  await takeConflict(open, take);
  await takeReport(open, take);
}

type Open = (seat: string, path: string) => Promise<Page>;

async function takeConflict(open: Open, take: Take): Promise<void> {
  const first = await open('translator@tr-partner', bench);
  const second = await open('coordinator@tr-partner', bench);
  const text = await second.inputValue('#target');
  await second.fill('#target', `${text} Bir arkadaş da gelebilir.`);
  await second.press('#target', 'Control+Enter');
  await second.locator('.said').first().waitFor();
  await first.fill('#target', text.replace('Çocuklar', 'Öğrenciler'));
  await first.press('#target', 'Control+Enter');
  await first.locator('.both').waitFor();
  await take(first, 'conflict-desktop.png');
  await first.context().close();
  await second.context().close();
}

/** Texts leave as CSV, one is written outside, and they come back: the report before anything is taken. */
async function takeReport(open: Open, take: Take): Promise<void> {
  const page = await open('coordinator@tr-partner', exchange);
  await page.locator('[name=format][value=csv]').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('form:has([name=format]) button').click(),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'headwater-exchange-'));
  const file = join(folder, 'tr-TR.csv');
  await download.saveAs(file);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('Çocuklar ', 'Öğrenciler '));
  await page.locator('input[type=file]').setInputFiles(file);
  await Promise.all([page.waitForNavigation(), page.locator('form:has(input[type=file]) button').click()]);
  await take(page, 'exchange-report-desktop.png');
  await page.context().close();
  await rm(folder, { recursive: true, force: true });
}
