import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../browser/chromium.ts';
import { checkPage, watchPage } from '../../browser/pageChecks.ts';
import type { Unpacked } from '../../formats/bundle/unpacked.ts';
import { textIn } from '../../formats/bundle/unpacked.ts';
import {
  type Check,
  type ExpectedLesson,
  editionOf,
  type Ground,
  type Judge,
  type PublishedFile,
  verdictOn,
} from './judge.ts';
import { editionHelplineFaults, faultless, filesIn, lessonsIn, strangeNumbers } from './packageContents.ts';
import { helpBox, pageChecks, pageOf } from './scormJudge.ts';
import { checkFaults, tamperedFaults } from './tampered.ts';

const phone = { width: 360, height: 740 };

/** Puts a copy where a stick would have it; a name with a space, for people have such. */
function unpackInto(folder: string, files: Unpacked): void {
  for (const [path, bytes] of files) {
    const place = join(folder, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  }
}

/** A copy as a reader has it: from the file system, on a phone, with the network off. */
async function onStick<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ offline: true, viewport: phone });
  try {
    const page = await context.newPage();
    watchPage(page, 'file://');
    return await use(page);
  } finally {
    await context.close();
  }
}

const open = (page: Page, folder: string, path: string) => page.goto(pathToFileURL(join(folder, path)).href);

/** Valid, accessible, nothing asked of a network, nothing said on the console. */
async function pageFaults(browser: Browser, folder: string, paths: readonly string[]): Promise<readonly string[]> {
  const faults: string[] = [];
  await onStick(browser, async (page) => {
    for (const path of paths) {
      await open(page, folder, path);
      await checkPage(page).catch((problem: unknown) => {
        faults.push(`${path}: ${problem instanceof Error ? problem.message : String(problem)}`);
      });
    }
  });
  return faults;
}

/** The word of a title that says most: the longest. */
function tellingWord(title: string, language: string): string {
  const pieces = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(title)];
  const words = pieces.filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/** Lessons that a word of their title does not find, or whose row does not lead to them. */
async function searchFaults(
  browser: Browser,
  folder: string,
  lessons: readonly ExpectedLesson[],
  language: string,
): Promise<readonly string[]> {
  const faults: string[] = [];
  await onStick(browser, async (page) => {
    await open(page, folder, 'index.html');
    for (const { lesson, title } of lessons) {
      const word = tellingWord(title, language);
      await page.getByRole('searchbox').fill(word);
      const found = await page.locator('#found .code').allInnerTexts();
      const leads = await page.locator(`#found a[href="lessons/${lesson}.html"]`).count();
      if (!found.includes(lesson) || leads === 0)
        faults.push(`“${word}” finds ${found.join(', ') || 'nothing'}, not ${lesson}`);
    }
    await page.getByRole('searchbox').fill('qqqqzzzz');
    const [row] = await page.locator('#found .code').allInnerTexts();
    if (row !== undefined) faults.push(`a word that no language has finds ${row}`);
  });
  return faults;
}

/** What its own page in the browser says of the copy, whole and with a file too many. */
async function ownPageFaults(browser: Browser, folder: string): Promise<readonly string[]> {
  return onStick(browser, async (page) => {
    await open(page, folder, 'check.html');
    await page.setInputFiles('#check-folder', folder);
    const complete = page.locator('#check-complete');
    const altered = page.locator('#check-altered');
    await complete.or(altered).filter({ visible: true }).first().waitFor();
    if (await altered.isVisible()) return [`check.html: ${(await altered.textContent()) ?? ''}`];
    writeFileSync(join(folder, 'lessons', 'added.html'), 'x');
    await page.setInputFiles('#check-folder', folder);
    await altered.waitFor();
    const said = await page.locator('#check-list li').allTextContents();
    return said.length === 1 && said[0]?.includes('lessons/added.html') ? [] : [`check.html says ${said.join('; ')}`];
  });
}

async function checksOf(browser: Browser, ground: Ground, file: PublishedFile): Promise<readonly Check[]> {
  const files = filesIn(file);
  const lessons = lessonsIn(ground, file);
  const folder = join(ground.workFolder, `stick ${file.edition}`);
  unpackInto(folder, files);
  const whole = [...(await checkFaults(file.path)), ...(await checkFaults(folder))];
  const pages = [...files.keys()].filter((path) => path.endsWith('.html'));
  const wanted = ['index.html', 'help.html', 'check.html', ...lessons.map(pageOf)];
  const away = wanted.filter((path) => !files.has(path));
  const around = pages.filter((path) => !path.startsWith('lessons/'));
  const numbers = around.flatMap((path) => {
    const html = textIn(files, path);
    const box = path === 'help.html' ? '<h1' : helpBox;
    return [...strangeNumbers(path, html, lessons), ...editionHelplineFaults(path, html, lessons, box)];
  });
  const opened = await pageFaults(browser, folder, pages);
  const { language } = editionOf(ground, file);
  const found = await searchFaults(browser, folder, lessons, language);
  const tampered = await tamperedFaults(files, folder, pages.at(-1) ?? '');
  // The last one: it leaves a file in the copy.
  const own = await ownPageFaults(browser, folder);
  return [
    faultless('a page for every lesson, and home, help and check', away, `${pages.length} pages`),
    faultless(
      'from the file system with the network off, every page is whole, valid, accessible and silent',
      opened,
      `${pages.length} pages at 360 px`,
    ),
    faultless('home, help and check have the helplines, and no other number', numbers, `${around.length} pages`),
    ...pageChecks(ground, file, files),
    faultless('its search finds every lesson by a word of its title', found, `${lessons.length} lessons`),
    faultless('`headwater bundle check` says complete, of the ZIP and of the folder', whole, 'complete'),
    faultless(
      'one byte of a page, a file removed and a file added are found by name, in the ZIP and in the folder',
      tampered,
      '6 of 6 found',
    ),
    faultless('its own page says complete, and names a file that was added', own, 'complete, then altered'),
  ];
}

/** ZIPs for a USB stick: opened as a reader opens them, without a network, and tampered with. */
export const usbJudge: Judge = {
  name: 'stick',
  async judge(ground, say) {
    const browser = await launchBrowser();
    try {
      const verdicts = [];
      for (const file of ground.files.filter(({ kind }) => kind === 'usb')) {
        verdicts.push(verdictOn(file, await checksOf(browser, ground, file)));
        say(`${file.edition}: opened, searched and tampered with`);
      }
      return verdicts;
    } finally {
      await browser.close();
    }
  },
};
