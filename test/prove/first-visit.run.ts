/**
 * What a first visit costs on a slow line: every kind of public page in the language of every edition in a real browser,
 * and the class packs of the lessons; those that are not loaded for real are counted from the bytes that are served.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addresses } from '../../src/site/addresses.ts';
import type { CodeRow, EditionPointer } from '../../src/site/pointer.ts';
import { launchBrowser } from '../browser/chromium.ts';
import { createEvidence, numberOption } from './evidence.ts';
import { pointersIn, settled, startProduct } from './product.ts';
import { firstVisit, line, loadFile, type Visit } from './slowLine.ts';

/** Packs of each edition that are loaded for real: its largest ones. */
const loaded = numberOption('packs', 3);
const goals = { pageBytes: 50_000, readableSeconds: 3, fileSeconds: 8 };

const evidence = createEvidence('first-visit');
const home = mkdtempSync(join(tmpdir(), 'headwater-first-visit-'));

const unknownCode = '00000-00000';
const noLesson = 'none';
/** The only two pages that are not there, and say so. */
const isMissing = (path: string): boolean => path.endsWith(unknownCode) || path.endsWith(`/${noLesson}`);

/** Kinds of pages that an edition leads to, and those of the whole site in its language. */
function pagesOf({ edition: tag, facts, entries, codes }: EditionPointer): readonly string[] {
  const [printed] = JSON.parse(readFileSync(join(home, 'public', codes), 'utf8')) as readonly CodeRow[];
  const heaviest = [...facts.rows].sort(
    (one, other) => bytesOf(entries, tag, other.lesson) - bytesOf(entries, tag, one.lesson),
  );
  const lesson = heaviest[0]?.lesson ?? '';
  const plans = Object.keys(entries).filter((path) => path.startsWith(`/${tag}/plans/`));
  const word = facts.rows[0]?.title.split(' ')[0] ?? '';
  return [
    addresses.home,
    addresses.edition(tag),
    `${addresses.edition(tag)}?q=${encodeURIComponent(word)}`,
    `${addresses.edition(tag)}?screens=none`,
    ...plans.slice(0, 1),
    addresses.lesson(tag, lesson),
    addresses.help(tag),
    addresses.changes(tag),
    addresses.verify,
    addresses.verifyCode(printed?.code ?? ''),
    addresses.verifyCode(unknownCode),
    addresses.coverage,
    addresses.baselineChanges,
    addresses.languages(lesson),
    addresses.lesson(tag, noLesson),
  ];
}

const bytesOf = (entries: EditionPointer['entries'], tag: string, lesson: string): number =>
  entries[addresses.lesson(tag, lesson)]?.bytes ?? 0;

/** Bytes of a whole answer as they go over the line, heads included. */
function onTheLine(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip, deflate, br' }, agent: false }, (answer) => {
      answer.resume();
      answer.on('error', reject);
      answer.on('end', () => resolve(answer.socket.bytesRead));
    }).on('error', reject);
  });
}

/** One wait for the answer and its bytes: what the browser simulates. */
const onThisLine = (bytes: number): number => Number((line.latencySeconds + bytes / line.bytesPerSecond).toFixed(2));

/** The same over a new TLS 1.3 connection: three waits, and a pause while the first ten packets are confirmed. */
const onNewConnection = (bytes: number): number => {
  const firstPackets = 14_600;
  const pause = bytes > firstPackets ? Math.max(0, line.latencySeconds - firstPackets / line.bytesPerSecond) : 0;
  return Number((3 * line.latencySeconds + pause + bytes / line.bytesPerSecond).toFixed(2));
};

const whole = await startProduct(['start'], { env: { DATA_DIR: home } });
try {
  await settled(whole, join(home, 'public'), console.log);
} finally {
  await whole.stop();
}
const site = await startProduct(['serve', 'public'], { env: { DATA_DIR: home } });
const browser = await launchBrowser();
try {
  const violations: string[] = [];
  const pages: (Visit & { readonly edition: string })[] = [];
  const lessons = [];
  const packs = [];
  for (const pointer of pointersIn(join(home, 'public'))) {
    const { edition, facts } = pointer;
    for (const path of pagesOf(pointer)) {
      const visit = await firstVisit(browser, site.origin, path, edition);
      console.log(`${edition} ${path}: ${visit.bytes} bytes, words after ${visit.firstPaint} s`);
      pages.push({ edition, ...visit });
      const wrong = [
        ...visit.faults,
        ...(visit.bytes < goals.pageBytes ? [] : [`${visit.bytes} bytes`]),
        ...(Math.max(visit.firstPaint, visit.mainText, visit.contentLoaded) <= goals.readableSeconds
          ? []
          : [`readable after ${Math.max(visit.mainText, visit.contentLoaded)} s`]),
        ...(visit.status === (isMissing(path) ? 404 : 200) ? [] : [`answers ${visit.status}`]),
      ];
      violations.push(...wrong.map((what) => `${edition} ${path}: ${what}`));
    }
    const ofEdition = [];
    for (const { lesson, print } of facts.rows) {
      const page = await onTheLine(site.origin + addresses.lesson(edition, lesson));
      const pack = print === null ? 0 : await onTheLine(site.origin + print.href);
      const row = {
        edition,
        lesson,
        pageBytes: page,
        pageSeconds: onThisLine(page),
        pageOnNewConnection: onNewConnection(page),
        pack: print?.href ?? '',
        packBytes: pack,
        packSeconds: onThisLine(pack),
      };
      if (print === null) violations.push(`${edition} ${lesson}: has no class pack`);
      if (page >= goals.pageBytes) violations.push(`${edition} ${lesson}: the page has ${page} bytes`);
      if (row.pageOnNewConnection > goals.readableSeconds) {
        violations.push(`${edition} ${lesson}: the page takes ${row.pageOnNewConnection} s on a new connection`);
      }
      if (row.packSeconds > goals.fileSeconds) {
        violations.push(`${edition} ${lesson}: the pack of ${pack} bytes takes ${row.packSeconds} s`);
      }
      ofEdition.push(row);
    }
    lessons.push(...ofEdition);
    for (const row of ofEdition.sort((one, other) => other.packBytes - one.packBytes).slice(0, loaded)) {
      const visit = await firstVisit(browser, site.origin, addresses.lesson(edition, row.lesson), edition);
      if (visit.pdf !== row.pack) violations.push(`${edition} ${row.lesson}: the first link is not the class pack`);
      const file = await loadFile(browser, site.origin + row.pack);
      console.log(
        `${edition} ${row.lesson}: page ${visit.mainText} s, ${row.pack} ${file.bytes} bytes in ${file.seconds} s`,
      );
      packs.push({ edition, lesson: row.lesson, page: visit.mainText, counted: row.packSeconds, ...file });
      if (file.seconds > goals.fileSeconds) violations.push(`${row.pack}: ${file.seconds} s`);
      if (visit.mainText > goals.readableSeconds)
        violations.push(`${edition} ${row.lesson}: readable after ${visit.mainText} s`);
    }
  }
  const most = <T>(rows: readonly T[], pick: (row: T) => number): number => Math.max(...rows.map(pick));
  const counts = {
    line,
    goals,
    pages: pages.length,
    lessons: lessons.length,
    most: {
      pageBytes: most(pages, ({ bytes }) => bytes),
      pageReadable: most(pages, ({ mainText, contentLoaded }) => Math.max(mainText, contentLoaded)),
      lessonPageBytes: most(lessons, ({ pageBytes }) => pageBytes),
      lessonPageOnNewConnection: most(lessons, ({ pageOnNewConnection }) => pageOnNewConnection),
      packBytes: most(lessons, ({ packBytes }) => packBytes),
      packSecondsCounted: most(lessons, ({ packSeconds }) => packSeconds),
      packSecondsMeasured: most(packs, ({ seconds }) => seconds),
    },
    simulated:
      'The browser holds every answer back for the latency and lets through so many bytes a second; looking up the name, ' +
      'opening the connection and TLS are not simulated. What they add is counted: `pageOnNewConnection`.',
    visited: pages,
    packsLoaded: packs,
    everyLesson: lessons,
  };
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  console.log(JSON.stringify(counts.most, null, 2));
  for (const violation of violations) console.error(violation);
  console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  await browser.close();
  await site.stop();
  rmSync(home, { recursive: true, force: true });
}
