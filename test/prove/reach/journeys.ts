import type { Browser, Page } from 'playwright-core';

type Journeys = { readonly made: number; readonly faults: readonly string[] };

/** Tab until the focus is on it; 300 stops are more than any page has. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let press = 0; press < 300; press++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`the keyboard did not come to ${selector} on ${page.url()}`);
}

async function follow(page: Page, selector: string): Promise<void> {
  await tabTo(page, selector);
  await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
}

/** Home, edition, lesson, class pack: Tab and Enter, nothing else. */
async function toTheSheet(page: Page, origin: string, tag: string): Promise<void> {
  await page.goto(`${origin}/?language=${tag.slice(0, 2)}`);
  await follow(page, `.countries a[href="/${tag}"]`);
  await follow(page, `a[href="/${tag}/lessons/B4"]`);
  await tabTo(page, 'a.pack');
  const [answer] = await Promise.all([
    page.context().waitForEvent('response', (each) => each.url().endsWith('.pdf')),
    page.keyboard.press('Enter'),
  ]);
  if (answer.status() !== 200 || answer.headers()['content-type'] !== 'application/pdf') {
    throw new Error(`${answer.url()} answers ${answer.status()}`);
  }
}

/** The shortcut, the button, and, where scripts run, Shift three times: each leads away. */
async function away(page: Page, origin: string, tag: string, scripts: boolean): Promise<void> {
  const lesson = `${origin}/${tag}/lessons/B4`;
  const gone = async (leave: () => Promise<void>, how: string): Promise<void> => {
    await page.goto(lesson);
    await Promise.all([page.waitForURL((url) => url.origin !== origin, { timeout: 5_000 }), leave()]).catch(() => {
      throw new Error(`${how} does not lead away from ${lesson}`);
    });
  };
  await gone(async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
  }, 'the second shortcut');
  await gone(async () => {
    await tabTo(page, 'a.button.exit, .exit-bar a');
    await page.keyboard.press('Enter');
  }, 'the button');
  if (!scripts) return;
  await gone(async () => {
    for (let press = 0; press < 3; press++) await page.keyboard.press('Shift');
  }, 'Shift three times');
}

/** A code typed, a word sought, a form filled in. */
async function forms(page: Page, origin: string, tag: string): Promise<void> {
  await page.goto(`${origin}/verify?language=${tag.slice(0, 2)}`);
  await tabTo(page, '#code');
  await page.keyboard.type('AAAAA-AAAAA');
  await Promise.all([page.waitForURL(/code=AAAAA/), page.keyboard.press('Enter')]);
  await page.goto(`${origin}/${tag}`);
  await tabTo(page, '#f-q');
  await page.keyboard.type('1');
  await Promise.all([page.waitForURL(/q=1/), page.keyboard.press('Enter')]);
  await page.goto(`${origin}/${tag}/lessons/B4`);
  await tabTo(page, 'details.feedback > summary');
  await page.keyboard.press('Enter');
  await tabTo(page, 'input[name=usable]');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '#took');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'input[name=hard]');
  await page.keyboard.press('Space');
  await tabTo(page, '.feedback form:has(#took) button');
  const [answer] = await Promise.all([
    page.waitForResponse((each) => each.request().method() === 'POST'),
    page.keyboard.press('Enter'),
  ]);
  const sent = answer.request().postData() ?? '';
  if (!/usable=partly&minutes=\d+&hard=\w+/.test(sent)) throw new Error(`the form sent ${sent}`);
  // Without a desk the form cannot be taken, and says so with the helpline above.
  if (answer.status() !== 503) throw new Error(`the form is answered with ${answer.status()}`);
}

/** Whole journeys by the keyboard alone, in every language, wide and at 400 %, with scripts and without. */
export async function journeyFaults(browser: Browser, origin: string): Promise<Journeys> {
  const faults: string[] = [];
  let made = 0;
  for (const scripts of [true, false]) {
    for (const viewport of [
      { width: 1280, height: 1024 },
      { width: 320, height: 256 },
    ]) {
      for (const tag of ['en-GB', 'tr-TR', 'ar-EG']) {
        const context = await browser.newContext({ viewport, javaScriptEnabled: scripts, locale: tag });
        // The neutral page of a country is not asked: something stands in for it.
        await context.route(
          (url) => url.origin !== origin,
          (route) => route.fulfill({ body: '<!doctype html><title>elsewhere</title>', contentType: 'text/html' }),
        );
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        for (const journey of [toTheSheet, away, forms]) {
          made++;
          const how = `${journey.name} ${tag} ${viewport.width} px, scripts ${scripts ? 'on' : 'off'}`;
          await journey(page, origin, tag, scripts).catch((problem: Error) =>
            faults.push(`journey ${how}: ${problem.message}`),
          );
        }
        await context.close();
      }
    }
  }
  return { made, faults };
}
