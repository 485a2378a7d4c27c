import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { writeOffline } from '../../src/formats/offline/writeOffline.ts';
import { bundlePages, type River, riverBundle } from '../formats/bundle/riverBundle.ts';
import { unpacked } from '../formats/bundle/unpacked.ts';
import { launchBrowser } from './chromium.ts';
import { checkPage, watchPage } from './pageChecks.ts';

const tags = ['tr-TR', 'ar-EG'] as const satisfies readonly River[];
let browser: Browser;
let stick: string;

before(async () => {
  browser = await launchBrowser();
  stick = await mkdtemp(join(tmpdir(), 'headwater stick '));
  for (const tag of tags) {
    for (const [path, bytes] of unpacked(writeOffline(riverBundle(tag), bundlePages))) {
      const file = join(stick, tag, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  }
});
after(async () => {
  await browser.close();
  await rm(stick, { recursive: true, force: true });
});

const phone = { width: 360, height: 740 };

/** A page of a copy on a stick, with the network off. */
async function onStick<T>(
  path: string,
  use: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const context = await browser.newContext({ offline: true, viewport: phone, ...options });
  try {
    const page = await context.newPage();
    watchPage(page, 'file://');
    await page.goto(pathToFileURL(join(stick, path)).href);
    return await use(page);
  } finally {
    await context.close();
  }
}

const search = async (page: Page, words: string): Promise<readonly string[]> => {
  await page.getByRole('searchbox').fill(words);
  return page.locator('#found .code').allInnerTexts();
};

describe('a copy on a stick, opened from the file system with the network off', () => {
  for (const tag of tags) {
    test(`${tag}: home, help and lessons are whole and accessible`, async () => {
      for (const page of ['index.html', 'help.html', 'check.html', 'lessons/B4.html']) {
        await onStick(`${tag}/${page}`, (opened) => checkPage(opened));
      }
      await onStick(`${tag}/lessons/C3.html`, (opened) => checkPage(opened), {
        viewport: { width: 1280, height: 800 },
      });
    });

    test(`${tag}: without script every lesson can be reached and nothing promises a search`, async () => {
      await onStick(
        `${tag}/index.html`,
        async (page) => {
          assert.equal(await page.locator('.find').isVisible(), false);
          assert.equal(await page.locator('#found').isVisible(), false);
          await page.locator('a[href="lessons/B4.html"]').click();
          await page.locator('nav.crumbs a').first().click();
          await page.locator('a[href="lessons/C3.html"]').click();
          await page.waitForURL(/lessons\/C3\.html$/);
          await page.locator('.strip a.tel').first().waitFor({ state: 'visible' });
        },
        { javaScriptEnabled: false },
      );
    });

    test(`${tag}: every word of the index is found as it is written`, async () => {
      await onStick(`${tag}/index.html`, async (page) => {
        const lost = await page.evaluate(() => {
          const { words } = (globalThis as unknown as { headwaterSearch: { words: Record<string, number[]> } })
            .headwaterSearch;
          const input = document.querySelector<HTMLInputElement>('#find');
          return Object.keys(words)
            .filter((_, place) => place % 15 === 0)
            .filter((word) => {
              if (input) input.value = word;
              input?.dispatchEvent(new Event('input'));
              return document.querySelectorAll('#found li').length === 0;
            });
        });
        assert.deepEqual(lost, []);
      });
    });
  }

  test('Turkish words are found in any case, without their dots, begun, and with one slip', async () => {
    await onStick('tr-TR/index.html', async (page) => {
      assert.deepEqual(await search(page, 'İNTERNETTE'), ['C3', 'B4']);
      for (const typed of ['şantaj', 'ŞANTAJ', 'santaj', 'şanta', 'şamtaj']) {
        assert.deepEqual((await search(page, typed)).toSorted(), ['B4', 'C3'], typed);
      }
      assert.equal((await search(page, 'şantaj: ilk adımlar'))[0], 'C3', 'the lesson of that name comes first');
      assert.deepEqual(await search(page, 'zürafa'), []);
      assert.equal(await page.locator('#found-status').textContent(), 'Bu sözcükler hiçbir derste geçmiyor.');
      assert.ok(await page.locator('a[href="lessons/B4.html"]').isVisible(), 'the list stays');
      for (const hostile of ['<img src=x onerror=alert(1)>', '__proto__', 'constructor', '.*+?(', 'ş'.repeat(100)]) {
        await search(page, hostile);
        assert.equal(await page.locator('#found img').count(), 0);
      }
      await checkPage(page);
    });
  });

  test('Arabic words are found with and without particles and hamza, and lead to their lesson', async () => {
    await onStick('ar-EG/index.html', async (page) => {
      for (const typed of ['الابتزاز', 'ابتزاز', 'والابتزاز', 'إبتزاز', 'الإبتزاز', 'اِبتزاز']) {
        assert.deepEqual((await search(page, typed)).toSorted(), ['B4', 'C3'], typed);
      }
      assert.match((await page.locator('#found-status').textContent()) ?? '', /٢/);
      await checkPage(page);
      assert.equal((await search(page, 'الخطوات الأولى'))[0], 'C3');
      await page.locator('#found a').first().click();
      await page.waitForURL(/lessons\/C3\.html$/);
    });
  });
});

test('the copy checks itself in the browser: complete, then a changed, a missing and an added file by name', async () => {
  const copy = join(stick, 'tr-TR');
  await onStick('tr-TR/check.html', async (page) => {
    await page.setInputFiles('#check-folder', copy);
    await page.locator('#check-complete').waitFor({ state: 'visible' });
    assert.match(
      (await page.locator('#check-complete').textContent()) ?? '',
      /Eksiksiz ve paketlendiğinden beri değişmemiş\./,
    );
    await checkPage(page);

    const old = await readFile(join(copy, 'lessons/B4.html'), 'utf8');
    await writeFile(join(copy, 'lessons/B4.html'), old.replaceAll('tel:183', 'tel:138'));
    await rename(join(copy, 'lessons/C3.html'), join(copy, 'lessons/C4.html'));
    await page.setInputFiles('#check-folder', copy);
    await page.locator('#check-altered').waitFor({ state: 'visible' });
    assert.equal(await page.locator('#check-complete').isVisible(), false);
    assert.deepEqual(await page.locator('#check-list li').allTextContents(), [
      'Değişmiş: lessons/B4.html',
      'Eksik: lessons/C3.html',
      'Eklenmiş: lessons/C4.html',
    ]);
    await checkPage(page);
    await rename(join(copy, 'lessons/C4.html'), join(copy, 'lessons/C3.html'));
    await writeFile(join(copy, 'lessons/B4.html'), old);

    await page.setInputFiles('#check-folder', join(copy, 'lessons'));
    await page.getByText('Bu klasör bir baskının kopyası değil ya da listesi bozulmuş.').waitFor();
    assert.equal(await page.locator('#check-altered').isVisible(), false);
  });
});
