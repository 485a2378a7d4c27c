/**
 * Can everybody reach every public page? Every page of the projected content, and every state, in every interface language,
 * in a real browser: axe, the keyboard alone, enlarged, with other distances, in forced and dark colours, without scripts.
 */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchBrowser } from '../browser/chromium.ts';
import { createEvidence, numberOption } from './evidence.ts';
import { journeyFaults } from './reach/journeys.ts';
import { createJudge } from './reach/judge.ts';
import { type PublicPage, pagesOf, stagedPages } from './reach/pages.ts';
import { openReal } from './reach/realSite.ts';
import { openStaged } from './reach/stagedSite.ts';

const optionOf = (name: string): string | null => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? null : (process.argv[at + 1] ?? null);
};

/** Only every so many pages, and only kinds or addresses with this in them: for those who mend one. */
const every = numberOption('every', 1);
const only = optionOf('only');
const evidence = createEvidence('reach');
const real = await openReal(optionOf('public'));
const [waiting, late, withdrawn] = [
  await openStaged('waiting'),
  await openStaged('late'),
  await openStaged('withdrawn'),
];
const browser = await launchBrowser();
const judge = createJudge(browser);

const sticks: PublicPage[] = [];
for (const tag of ['en-GB', 'tr-TR', 'ar-EG']) {
  const { folder, pages } = await real.stick(tag);
  for (const path of pages)
    sticks.push({ kind: 'copy on a stick', url: pathToFileURL(join(folder, path)).href, status: 0 });
}
const all = [...(await pagesOf(real.folder, real.origin)), ...stagedPages({ waiting, late, withdrawn }), ...sticks];
const chosen = all.filter(
  ({ kind, url }, at) => at % every === 0 && (only === null || `${kind} ${url}`.includes(only)),
);
const waits = [...chosen.entries()];
const lookAtAll = async (): Promise<void> => {
  for (let next = waits.shift(); next !== undefined; next = waits.shift()) {
    const [at, page] = next;
    const faults = await judge.look(page).catch((problem: Error) => judge.failed(page, problem));
    if (faults.length > 0 || at % 25 === 0) console.log(`${at + 1}/${chosen.length} ${page.kind} ${page.url}`);
    for (const fault of faults.slice(0, 12)) console.log(`    ${fault}`);
  }
};
await Promise.all(Array.from({ length: numberOption('at-once', 2) }, lookAtAll));
const journeys = only === null ? await journeyFaults(browser, real.origin) : { made: 0, faults: [] };
for (const fault of journeys.faults) console.log(`    ${fault}`);
await browser.close();
await Promise.all([real, waiting, late, withdrawn].map((each) => each.close()));

const { counts, faults } = judge.sum();
const violations = [...faults, ...journeys.faults, ...real.broken];
const verdict = violations.length === 0 ? 'passed' : 'failed';
const sums = { ...counts, journeysByKeyboard: journeys.made };
for (const fault of faults.filter((each) => each.startsWith('title'))) console.log(`    ${fault}`);
console.log(JSON.stringify(sums));
const whole = every === 1 && only === null;
const file = whole
  ? evidence.write({ verdict, seed: null, counts: sums, faultsFired: null, violations })
  : 'not written';
console.log(`${verdict}, ${violations.length} faults: ${file}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
