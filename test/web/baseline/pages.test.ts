import { after, before, test } from 'node:test';
import type { Browser, BrowserContext } from 'playwright-core';
import { paths } from '../../../src/web/paths.ts';
import { launchBrowser } from '../../browser/chromium.ts';
import { checkPage, watchPage } from '../../browser/pageChecks.ts';
import { listen, password, type TestApp, type TestWorld, Visitor } from '../testApp.ts';
import { baselineWorld, routes } from './baselineWorld.ts';

let world: TestWorld;
let app: TestApp;
let browser: Browser;
const set = 'stop-now-in-every-register';

/** A draft with something of each kind in it, and an order for a recall. */
async function prepare(): Promise<void> {
  const ingrid = new Visitor(app.origin);
  await ingrid.signIn('ingrid');
  await ingrid.get(paths.changeSets.to());
  await ingrid.post(paths.changeSets.to(), { title: 'Stop now, in every register', severity: 'safety' });
  const change = async (segment: string, fields: Readonly<Record<string, string>>) => {
    const revision = String((await world.store.changeSets.byId(set))?.revision);
    await ingrid.post(paths.changeSetSegment.to(set, segment), {
      revision,
      lesson: 'C3',
      section: 'messages',
      ...fields,
    });
  };
  await change('CPS-03', { verb: 'edit', text: '**Stop now.** You can always stop.', policy: 'core', note: '' });
  await change('CPS-04', { verb: 'remove', where: 'here' });
  await change('CPS-02', { verb: 'move', to: 'C3 messages' });
  await ingrid.post(paths.recalls.to(), { target: 'C3', reason: 'A line can be read as blame.', instead: 'Teach B4.' });
}

before(async () => {
  world = await baselineWorld();
  app = await listen(world, routes);
  await prepare();
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  await app.close();
});

/** Each page once, on one of two very different screens; the fullest one on both. */
const screens = [
  {
    who: 'ingrid',
    width: 1440,
    dark: false,
    pages: [
      paths.desk.to(),
      paths.baselineLesson.to('C3'),
      paths.changeSet.to(set),
      `${paths.changeSetLesson.to(set, 'C3')}?section=messages`,
      paths.releases.to(),
      paths.recalls.to(),
      `${paths.impact.to('all')}?sets=${set}`,
    ],
  },
  {
    who: 'nadia',
    width: 360,
    dark: true,
    pages: [
      paths.baseline.to(),
      paths.baselineFacts.to(),
      paths.changeSets.to(),
      paths.changeSet.to(set),
      `${paths.changeSetLesson.to(set, 'C3')}?segment=CPS-03`,
      paths.release.to('0.2.0'),
      `${paths.impact.to('tr-TR')}?sets=${set}`,
    ],
  },
] as const;

async function signIn(context: BrowserContext, who: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${app.origin}/desk/sign-in`);
  await page.fill('#email', `${who}@example.org`);
  await page.fill('#password', password);
  await page.click('button.main');
  await page.waitForURL('**/desk');
  await page.close();
}

for (const { who, width, dark, pages } of screens) {
  test(`the pages hold at ${width} px${dark ? ', dark, in Arabic' : ''}`, async () => {
    const colorScheme = dark ? 'dark' : 'light';
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    await signIn(context, who);
    const page = await context.newPage();
    watchPage(page, app.origin);
    for (const path of pages) {
      await page.goto(app.origin + path);
      await checkPage(page);
    }
    await context.close();
  });
}
