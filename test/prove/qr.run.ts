/**
 * A thousand real pages of every edition, as a school's copier and a teacher's phone see them at 150 dots an inch, read by
 * a library that had no part in making them. Needs Debian's poppler-utils.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvidence, numberOption, randomFrom, textOption } from './evidence.ts';
import { pointersIn, settled, startProduct } from './product.ts';
import { type Distortion, distort, drawDistortion } from './qrDistort.ts';
import { type FoundPages, judgeWords, pagesOf, pickPages, renderPage, type SheetPage } from './qrPages.ts';
import { asPng, createReader, judge, type Square, type Verdict } from './qrReader.ts';

const count = numberOption('sheets', 1000);
const seed = numberOption('seed', 1);
const pictures = textOption('pictures');
/** A data folder that was built with the same BASE_URL, for a second look; usually the proof builds its own. */
const given = textOption('data');
const dpi = 150;
const base = 'https://headwater.example.org';
const goal = 0.95;

const evidence = createEvidence('qr');
const violations: string[] = [];
const read = await createReader();
const home = given === null ? mkdtempSync(join(tmpdir(), 'headwater-qr-')) : null;
const publicFolder = join(given ?? home ?? '', 'public');
if (home !== null) {
  const product = await startProduct(['start'], { env: { DATA_DIR: home, BASE_URL: base } });
  await settled(product, publicFolder).finally(product.stop);
}
if (pictures !== null) mkdirSync(pictures, { recursive: true });

const found: FoundPages[] = [];
for (const pointer of pointersIn(publicFolder)) found.push(await pagesOf(publicFolder, pointer, base));
const pages = found.flatMap((each) => each.pages);
violations.push(...found.flatMap((each) => each.violations));
const sum = (of: (each: FoundPages) => number): number => found.reduce((all, each) => all + of(each), 0);
console.log(
  `${sum((each) => each.files)} files, ${sum((each) => each.pagesInAll)} pages, ${pages.length} of them with a square`,
);

type Clean = { readonly page: Awaited<ReturnType<typeof renderPage>>; readonly square: Square };
const clean = new Map<string, Clean | null>();

const widthOf = ({ corners: [one, other] }: Square): number =>
  one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;

/**
 * The page as it was drawn, and where its square is; null where even that cannot be read. Where a page shows slides in
 * small, theirs are on it, too: its own is the largest.
 */
async function cleanOf(sheet: SheetPage): Promise<Clean | null> {
  const key = `${sheet.file} ${sheet.page}`;
  const known = clean.get(key);
  if (known !== undefined) return known;
  const page = await renderPage(sheet.file, sheet.page, dpi);
  const squares = await read(await asPng(page));
  const verdict = judge(squares, sheet.url);
  if (verdict !== 'read') violations.push(`${sheet.path}, page ${sheet.page}: ${verdict} as it was drawn`);
  const square = squares.toSorted((one, other) => widthOf(other) - widthOf(one))[0];
  const drawn = square === undefined ? null : { page, square };
  if (clean.size > 100) clean.clear();
  clean.set(key, drawn);
  return drawn;
}

type Tally = Record<Verdict, number>;
const tallies = new Map<string, Tally>();
function tell(group: string, verdict: Verdict): void {
  const tally = tallies.get(group) ?? { read: 0, unreadable: 0, wrong: 0 };
  tally[verdict]++;
  tallies.set(group, tally);
}

const step = (value: number, width: number): string => {
  const from = Math.floor(value / width + 1e-9) * width;
  return `${Number(from.toFixed(1))} to ${Number((from + width).toFixed(1))}`;
};

/** Under what a sheet is counted. */
function groupsOf(sheet: SheetPage, how: Distortion): readonly string[] {
  const skew = Math.abs(((how.degrees + 180) % 360) - 180);
  return [
    'all',
    `edition: ${sheet.edition}`,
    `kind: ${sheet.kind}`,
    `paper: ${sheet.paper}`,
    `by: ${how.by}`,
    `turned: ${skew <= 5 ? 'up to 5 degrees' : 'any way'}`,
    `blur in dots: ${step(how.blur, 0.4)}`,
    `cut: ${how.margins === null ? 'whole page' : 'around the code'}`,
    `contrast: ${how.contrast === null ? 'full' : 'lowered'}`,
    `light: ${how.shade === null ? 'even' : 'uneven'}`,
    `grain: ${how.noise === null ? 'none' : how.noise < 12 ? 'fine' : 'coarse'}`,
    `JPEG: ${how.quality === null ? 'no' : how.quality < 60 ? '30 to 59' : '60 to 85'}`,
  ];
}

const random = randomFrom(seed);
const total: Tally = { read: 0, unreadable: 0, wrong: 0 };
let kept = 0;
for (const [index, sheet] of pickPages(pages, count, random).entries()) {
  const drawn = await cleanOf(sheet);
  const how = drawDistortion(random);
  const own = randomFrom(seed * 1_000_003 + index);
  const picture = drawn === null ? null : await distort(drawn.page, drawn.square.corners, how, dpi, own);
  const verdict = picture === null ? 'unreadable' : judge(await read(picture), sheet.url);
  total[verdict]++;
  for (const group of groupsOf(sheet, how)) tell(group, verdict);
  if (verdict === 'wrong') violations.push(`sheet ${index + 1}, ${sheet.path}, page ${sheet.page}: another address`);
  if (pictures !== null && picture !== null && (verdict !== 'read' || index < 6) && kept++ < 40) {
    const name = `${verdict}-${index + 1}.${how.quality === null ? 'png' : 'jpg'}`;
    writeFileSync(join(pictures, name), picture);
    console.log(name, sheet.path, sheet.page, JSON.stringify(how));
  }
  if ((index + 1) % 100 === 0) console.log(`${index + 1}: ${JSON.stringify(total)}`);
}

/** Faults that the proof has to find: another file's sheet, another code in letters, a square that nobody can read. */
async function findFaults(): Promise<number> {
  let fired = 0;
  const told = (fault: string, so: boolean): void => {
    if (so) fired++;
    else violations.push(`the proof does not find ${fault}`);
  };
  for (const sheet of pickPages(pages, 20, randomFrom(seed + 1))) {
    const other = pages.find(({ url }) => url !== sheet.url);
    const drawn = await cleanOf(sheet);
    if (other === undefined || drawn === null) continue;
    const { square } = drawn;
    const how = {
      ...drawDistortion(randomFrom(seed)),
      degrees: 30,
      blur: 0.5,
      noise: null,
      contrast: null,
      shade: null,
    };
    const squares = await read(await distort(drawn.page, square.corners, how, dpi, random));
    told('a sheet of another file', judge(squares, other.url) === 'wrong');
    const smeared = await distort(drawn.page, square.corners, { ...how, blur: 12 }, dpi, random);
    told('a square that nobody can read', judge(await read(smeared), sheet.url) === 'unreadable');
    const code = sheet.url.slice(-11);
    const words = ['so', other.url.slice(-11), 'so'];
    told(
      'another code in letters',
      judgeWords(words, code, '').fault !== null && judgeWords([code], code, '').fault === null,
    );
  }
  return fired;
}
/** The small squares of feet, spoilt in the same way: told, and none may be read wrong; as they were drawn, each is read. */
const feet: Tally = { read: 0, unreadable: 0, wrong: 0 };
const small = pickPages(
  found.flatMap((each) => each.small),
  Math.ceil(count / 5),
  random,
);
for (const [index, sheet] of small.entries()) {
  const drawn = await cleanOf(sheet);
  const own = randomFrom(seed * 2_000_003 + index);
  const picture =
    drawn === null ? null : await distort(drawn.page, drawn.square.corners, drawDistortion(random), dpi, own);
  const verdict = picture === null ? 'unreadable' : judge(await read(picture), sheet.url);
  feet[verdict]++;
  if (verdict === 'wrong') violations.push(`the foot of ${sheet.path}, page ${sheet.page}: another address`);
}
console.log(`small squares in feet: ${JSON.stringify(feet)}`);
const faultsFired = await findFaults();
if (home !== null) rmSync(home, { recursive: true, force: true });

const rate = count === 0 ? 0 : total.read / count;
if (rate < goal) violations.push(`only ${(rate * 100).toFixed(1)} % were read`);
const verdict = violations.length === 0 && faultsFired > 0 ? 'passed' : 'failed';
const counts = {
  sheets: count,
  ...total,
  percentRead: Number((rate * 100).toFixed(2)),
  goalPercent: goal * 100,
  dpi,
  files: sum((each) => each.files),
  pages: sum((each) => each.pagesInAll),
  pagesWithSquare: pages.length,
  codesInLetters: sum((each) => each.printedCodes),
  smallInFeet: feet,
  by: Object.fromEntries([...tallies].sort(([one], [other]) => (one < other ? -1 : 1))),
};
for (const violation of violations.slice(0, 20)) console.log(violation);
console.log(`${JSON.stringify(total)}, ${counts.percentRead} % read; ${faultsFired} seeded faults found`);
console.log(`${verdict}: ${evidence.write({ verdict, seed, counts, faultsFired, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
