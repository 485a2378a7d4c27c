import type { Browser, BrowserContext, BrowserContextOptions, Page, Response } from 'playwright-core';
import { axeFindings, decidedElsewhere } from './axe.ts';
import { coloursOf, type Pair } from './colours.ts';
import { skipFaults, walkByKeyboard } from './keys.ts';
import { layoutFaults, spaceText, unfold } from './layout.ts';
import { meaningOf } from './meaning.ts';
import type { PublicPage } from './pages.ts';

const desk = { width: 1280, height: 1024 };
/** 1280 by 1024 enlarged to 200 % and to 400 %. */
const enlarged = [
  ['200 %', { width: 640, height: 512 }],
  ['400 %', { width: 320, height: 256 }],
] as const;

/** What a device may be set to. */
const settings = [
  ['dark', { colorScheme: 'dark', forcedColors: 'none' }],
  ['forced', { colorScheme: 'light', forcedColors: 'active' }],
  ['forced and dark', { colorScheme: 'dark', forcedColors: 'active' }],
] as const;

const languageOf = ({ url }: PublicPage): 'en' | 'tr' | 'ar' =>
  /language=tr|\/tr-TR/.test(url) ? 'tr' : /language=ar|\/ar-EG/.test(url) ? 'ar' : 'en';

/** Looks at one page after the other and keeps the sums. */
export function createJudge(browser: Browser) {
  const contexts = new Map<string, Promise<BrowserContext>>();
  const faultsOfAll: string[] = [];
  const byKind = new Map<string, number>();
  const byCheck = new Map<string, { pages: number; faults: number }>();
  const undecided = new Map<string, number>();
  const pairs = new Map<string, Pair & { pages: number }>();
  const titles = new Map<string, string>();
  let stops = 0;
  let axePasses = 0;
  let headings = 0;

  /** A fresh page in one of a few kept browsers. */
  async function open(
    at: PublicPage,
    how: string,
    options: BrowserContextOptions,
  ): Promise<{ page: Page; served: Response | null }> {
    const locale = { en: 'en-GB', tr: 'tr-TR', ar: 'ar-EG' }[languageOf(at)];
    const key = `${how} ${locale}`;
    const context = contexts.get(key) ?? browser.newContext({ locale, viewport: desk, ...options });
    contexts.set(key, context);
    const page = await (await context).newPage();
    return { page, served: await page.goto(at.url) };
  }

  async function look(at: PublicPage): Promise<readonly string[]> {
    const faults: string[] = [];
    byKind.set(at.kind, (byKind.get(at.kind) ?? 0) + 1);
    const note = (check: string, found: readonly string[]): void => {
      const sum = byCheck.get(check) ?? { pages: 0, faults: 0 };
      byCheck.set(check, { pages: sum.pages + 1, faults: sum.faults + found.length });
      faults.push(...found.map((fault) => `${check}: ${fault}`));
    };
    const { page, served } = await open(at, 'plain', {});
    const status = served?.status() ?? 0;
    if (at.status !== 0 && status !== at.status) note('answer', [`${status} instead of ${at.status}`]);
    note('skip link', await skipFaults(page));
    const said = await meaningOf(page);
    headings += said.headings;
    note('headings, landmarks, languages, directions', said.faults);
    titles.set(at.url, said.title);
    const text = await textOf(page);
    const walk = async (how: string): Promise<void> => {
      const walked = await walkByKeyboard(page);
      stops += walked.stops;
      note(`keyboard ${how}`, walked.faults);
    };
    await walk('at 100 %');
    await unfold(page);
    for (const [name, viewport] of [['100 %', desk], ...enlarged] as const) {
      await page.setViewportSize(viewport);
      note(`set at ${name}`, await layoutFaults(page));
      await spaceText(page, true);
      note(`set at ${name} with the distances of 1.4.12`, await layoutFaults(page));
      await spaceText(page, false);
    }
    await walk('at 400 %, folds open');
    for (const width of [desk.width, 320]) {
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.min(15_000, Math.max(600, height)) });
      const found = await axeFindings(page);
      axePasses += found.passes;
      note(`axe at ${width} px`, found.violations);
      for (const { rule, place, why } of found.undecided) {
        undecided.set(rule, (undecided.get(rule) ?? 0) + 1);
        if (!(rule in decidedElsewhere)) note('axe could not decide', [`${rule}: ${place}: ${why}`]);
      }
    }
    await page.setViewportSize(desk);
    note('colours', keepPairs(await coloursOf(page)));
    for (const [how, media] of settings) {
      await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
      const forced = media.forcedColors === 'active';
      const { pairs: found, faults: lost, moving } = await coloursOf(page, forced);
      note(`colours, ${how}`, [...faintOf(found), ...lost, ...(moving > 0 ? [`${moving} parts move`] : [])]);
      if (how === 'forced') await walk('in forced colours, folds open');
    }
    await page.close();
    // A copy on a stick says in words of its own what needs a script; `test/browser/bundles.test.ts` looks at that.
    if (at.status !== 0) note('without scripts', await withoutScripts(at, text));
    faultsOfAll.push(...faults.map((fault) => `${at.kind} ${at.url.replace(/^http:\/\/[^/]+/, '')}: ${fault}`));
    return faults;
  }

  function keepPairs({ pairs: found, faults, moving }: Awaited<ReturnType<typeof coloursOf>>): string[] {
    for (const pair of found) {
      const key = `${pair.text} on ${pair.ground}, ${pair.needs}`;
      pairs.set(key, { ...pair, pages: (pairs.get(key)?.pages ?? 0) + 1 });
    }
    return [...faintOf(found), ...faults, ...(moving > 0 ? [`${moving} parts move`] : [])];
  }

  const faintOf = (found: readonly Pair[]): string[] =>
    found
      .filter(({ ratio, needs }) => ratio < needs)
      .map(({ text, ground, ratio, needs, where }) => `${text} on ${ground} has ${ratio}, needs ${needs}: ${where}`);

  /** The same words are there, and nothing waits for a script. */
  async function withoutScripts(at: PublicPage, text: string): Promise<string[]> {
    const { page } = await open(at, 'no script', { javaScriptEnabled: false });
    const now = await textOf(page);
    await page.close();
    return now === text ? [] : ['the page says something else'];
  }

  return {
    look,
    /** A page that could not be looked at is a fault of its own. */
    failed(at: PublicPage, problem: Error): readonly string[] {
      faultsOfAll.push(`${at.kind} ${at.url}: ${problem.message}`);
      return [problem.message];
    },
    sum() {
      const counts = {
        pages: titles.size,
        byKind: Object.fromEntries(byKind),
        byCheck: Object.fromEntries(byCheck),
        axeRulesPassed: axePasses,
        axeUndecided: Object.fromEntries(undecided),
        axeUndecidedIsDecidedBy: decidedElsewhere,
        keyboardStops: stops,
        headings,
        colourPairs: [...pairs.values()].sort((one, other) => one.ratio - other.ratio),
      };
      return { counts, faults: [...faultsOfAll, ...titleFaults(titles)] };
    },
  };
}

/** The words of the page, but for the hint that only a running script shows. */
async function textOf(page: Page): Promise<string> {
  const hints = await page.locator('[data-shift]').allInnerTexts();
  const [text = ''] = await page.locator('body').allInnerTexts();
  return hints.reduce((left, hint) => left.replace(hint, ''), text).replace(/\s+/g, ' ');
}

/** Pages of one site in one language that cannot be told apart by their titles. */
function titleFaults(titles: ReadonlyMap<string, string>): string[] {
  const told = [...titles].filter(([url]) => !url.startsWith('file:') && !url.endsWith('/nowhere'));
  const places = Map.groupBy(told, ([url, title]) => `${new URL(url).origin} ${title}`);
  return [...places].flatMap(([title, [first, ...more]]) =>
    more
      .filter(([url]) => new URL(url).pathname !== new URL(first?.[0] ?? url).pathname)
      .map(([url]) => `title: ${url} and ${first?.[0]} are both called “${title.slice(title.indexOf(' ') + 1)}”`),
  );
}
