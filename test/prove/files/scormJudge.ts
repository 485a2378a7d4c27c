import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../browser/chromium.ts';
import { takeFindings } from '../../browser/pageWatch.ts';
import { onPlatform } from '../../browser/scormPlatform.ts';
import { linkFaults, manifestFaults, textIn, type Unpacked, xmlElements } from '../../formats/bundle/unpacked.ts';
import {
  type Check,
  check,
  type ExpectedLesson,
  type Ground,
  type Judge,
  type PublishedFile,
  verdictOn,
} from './judge.ts';
import {
  faultless,
  filesIn,
  headingFaults,
  helplineFaults,
  lessonsIn,
  mayLeaveTo,
  strangeNumbers,
} from './packageContents.ts';

const manifestName = 'imsmanifest.xml';
export const pageOf = ({ lesson }: ExpectedLesson): string => `lessons/${lesson}.html`;

/** Opened, read to its end, left, and opened again: what a platform notes of it, and what its console says. */
async function runFaults(browser: Browser, files: Unpacked, path: string): Promise<readonly string[]> {
  const faults: string[] = [];
  const expect = (when: string, is: string, wanted: string): void => {
    if (is !== wanted) faults.push(`${path}: ${when} it is “${is}”, not “${wanted}”`);
  };
  await onPlatform(browser, files, path, null, async ({ page, lesson, status, leave }) => {
    await lesson.locator('#done').waitFor({ state: 'visible' });
    expect('opened', await status(), 'incomplete');
    await lesson.locator('#main').evaluate(() => scrollTo({ top: 400, behavior: 'instant' }));
    expect('begun', await status(), 'incomplete');
    await lesson.locator('#main').evaluate(() => scrollTo({ top: 1e7, behavior: 'instant' }));
    await lesson.locator('#done').waitFor({ state: 'hidden' });
    expect('read to its end', await status(), 'completed');
    await leave();
    const { console, faults: seen } = takeFindings(page);
    faults.push(...seen, ...console.map(({ text }) => `${path}: ${text}`));
  });
  await onPlatform(browser, files, path, 'completed', async ({ lesson, status }) => {
    await lesson.locator('#done').waitFor({ state: 'hidden' });
    expect('opened again', await status(), 'completed');
  });
  return faults;
}

/** Where a page begins to say whom to call. */
export const helpBox = 'id="help-title"';

/** What is shown of the pages of a package, whoever opens it. */
export function pageChecks(ground: Ground, file: PublishedFile, files: Unpacked): readonly Check[] {
  const lessons = lessonsIn(ground, file);
  const pages = lessons.map((lesson) => ({ lesson, path: pageOf(lesson), html: textIn(files, pageOf(lesson)) }));
  const headings = pages.flatMap(({ path, html, lesson }) => headingFaults(path, html, lesson));
  const numbers = pages.flatMap(({ path, html, lesson }) => [
    ...strangeNumbers(path, html, [lesson]),
    ...helplineFaults(path, html, lesson, helpBox, 'all'),
  ]);
  return [
    faultless('all links lead to what is there', linkFaults(files, mayLeaveTo(ground, file)), `${files.size} files`),
    faultless('the title and every step heading, in order', headings, `${pages.length} pages`),
    faultless('every page has the helplines, in order, and no other number', numbers, `${pages.length} pages`),
  ];
}

/** SCORM packages: the published schemas, the list of files, and every lesson run in a player. */
export const scormJudge: Judge = {
  name: 'scorm',
  async judge(ground, say) {
    const packages = ground.files.filter(({ kind }) => kind === 'scorm');
    const { scormFaults } = await import('../scormSchema.ts');
    const browser = await launchBrowser();
    try {
      const verdicts = [];
      for (const file of packages) {
        const files = filesIn(file);
        const lessons = lessonsIn(ground, file);
        const manifest = textIn(files, manifestName);
        const elements = xmlElements(manifest);
        const items = elements.filter(({ name, within }) => name === 'title' && within.at(-1) === 'item');
        const wanted = lessons.map(({ lesson, title }) => `${lesson} ${title}`);
        const shown = items.map(({ text }) => text);
        const ran: string[] = [];
        for (const lesson of lessons) ran.push(...(await runFaults(browser, files, pageOf(lesson))));
        const wrong = scormFaults(manifest.replace('scormtype="sco"', 'scormtype="page"'));
        verdicts.push(
          verdictOn(file, [
            faultless('the manifest is valid by the published schemas', scormFaults(manifest), 'valid'),
            check('the schemas find an attribute that they do not have', wrong.length > 0, wrong[0] ?? 'nothing'),
            faultless(
              'every file is declared, and every declared one is there',
              manifestFaults(files, elements),
              `${files.size} files`,
            ),
            check(
              'an item a lesson, in the order of teaching',
              shown.join() === wanted.join(),
              `${shown.length} items`,
            ),
            ...pageChecks(ground, file, files),
            faultless(
              'in a player: incomplete, read to the end completed, ended, completed when opened again',
              ran,
              `${lessons.length} lessons`,
            ),
          ]),
        );
        say(`${file.edition}: ${lessons.length} lessons run in a player`);
      }
      return verdicts;
    } finally {
      await browser.close();
    }
  },
};
