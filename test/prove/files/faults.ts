import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { ExpectedEdition, ExpectedLesson, Ground, Judge, PublishedFile } from './judge.ts';
import { officeJudge } from './office.ts';
import { paperJudge } from './paper.ts';

/** Something made wrong on purpose, and the check that has to find it. */
type Fault = {
  readonly name: string;
  readonly judge: Judge;
  readonly files: readonly string[];
  /** A piece of the failing check's words. */
  readonly found: string;
  /** What is expected is changed, so that the file is wrong … */
  readonly lesson?: (lesson: ExpectedLesson) => ExpectedLesson;
  readonly edition?: (edition: ExpectedEdition) => ExpectedEdition;
  /** … or the file is. */
  readonly file?: (file: PublishedFile, folder: string) => PublishedFile;
};

const nextDigit = (digit: string): string => String((Number(digit) + 1) % 10);
const withDisplays = (lesson: ExpectedLesson, displays: readonly string[]): ExpectedLesson => ({
  ...lesson,
  help: lesson.help.map((line, index) => ({ ...line, display: displays[index] ?? line.display })),
});

/** The last digit of the first number is another one. */
const otherDigit = (lesson: ExpectedLesson): ExpectedLesson =>
  withDisplays(lesson, [(lesson.help[0]?.display ?? '').replace(/\d$/, nextDigit)]);
/** Two digits of the first number have changed places. */
const turnedDigits = (lesson: ExpectedLesson): ExpectedLesson =>
  withDisplays(lesson, [(lesson.help[0]?.display ?? '').replace(/(\d)(\D*)(?!\1)(\d)/, '$3$2$1')]);
const otherLines = (lesson: ExpectedLesson): ExpectedLesson => {
  const shown = lesson.help.filter(({ use }) => use === 'child' || use === 'danger').map(({ display }) => display);
  const turned = shown.toReversed();
  const uses = lesson.help.map(({ use, display }) =>
    use === 'child' ? (turned[0] ?? '') : use === 'danger' ? (turned[1] ?? '') : display,
  );
  return withDisplays(lesson, uses);
};
const otherSteps = (lesson: ExpectedLesson): ExpectedLesson => ({
  ...lesson,
  steps: [lesson.steps[1] ?? '', lesson.steps[0] ?? '', ...lesson.steps.slice(2)],
});
const otherCode = (lesson: ExpectedLesson): ExpectedLesson => ({
  ...lesson,
  code: lesson.code.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')),
});

function broken(file: PublishedFile, folder: string, change: (bytes: Buffer) => Uint8Array): PublishedFile {
  const path = join(folder, `broken-${file.sha256}.${file.format}`);
  writeFileSync(path, change(readFileSync(file.path)));
  return { ...file, path };
}

function without(bytes: Uint8Array, part: RegExp): Uint8Array {
  const parts = Object.entries(unzipSync(bytes)).filter(([name]) => !part.test(name));
  return zipSync(Object.fromEntries(parts));
}

/** A presentation whose master has another number at the foot of its slides. */
function otherFoot(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const master = 'ppt/slideMasters/slideMaster1.xml';
  const xml = Buffer.from(parts[master] ?? []).toString('utf8');
  const changed = xml.replace(/(name="Helplines".*?<a:t>[^<]*?\d)(\d)/s, (_, before: string, digit: string) => {
    return before + nextDigit(digit);
  });
  return zipSync({ ...parts, [master]: Uint8Array.from(Buffer.from(changed)) });
}

const paper = { judge: paperJudge, files: ['guide.pdf', 'five-steps.pdf', 'slides.pdf'] } as const;
const office = { judge: officeJudge, files: ['guide.docx', 'five-steps.docx', 'slides.pptx'] } as const;
const behind = 'every helpline behind its label';

const faults: readonly Fault[] = [
  { ...paper, name: 'another digit', lesson: otherDigit, found: behind },
  { ...paper, name: 'another digit, by eye', lesson: otherDigit, found: 'as the eye sees it' },
  { ...paper, name: 'digits turned around', lesson: turnedDigits, found: behind },
  { ...paper, name: 'helplines turned around', lesson: otherLines, found: behind },
  {
    ...paper,
    name: 'another title',
    lesson: (it) => ({ ...it, title: `${it.title} x` }),
    files: ['guide.pdf'],
    found: 'its title is printed',
  },
  { ...paper, name: 'steps turned around', lesson: otherSteps, files: ['guide.pdf'], found: 'step’s heading' },
  { ...paper, name: 'another code', lesson: otherCode, found: 'on every page' },
  { ...paper, name: 'another day', lesson: (it) => ({ ...it, on: '2019-07-30' }), found: 'on every page' },
  {
    ...paper,
    name: 'a page more than told',
    file: (file) => ({ ...file, pages: (file.pages ?? 0) - 1 }),
    found: 'as many pages',
  },
  {
    ...paper,
    name: 'the other paper',
    files: ['guide.pdf'],
    file: (file) => ({ ...file, paper: 'letter' }),
    found: 'the size of its paper',
  },
  {
    ...paper,
    name: 'keys on a pupil’s page',
    files: ['guide.pdf'],
    file: (file) => ({ ...file, kind: 'sheet', name: 'five-steps.pdf' }),
    found: 'no answer key',
  },
  {
    ...paper,
    name: 'a PDF cut short',
    file: (file, folder) => broken(file, folder, (bytes) => bytes.subarray(0, bytes.length - 2000)),
    found: 'qpdf finds nothing wrong',
  },
  { ...office, name: 'another digit', lesson: otherDigit, found: behind },
  { ...office, name: 'helplines turned around', lesson: otherLines, found: behind },
  {
    ...office,
    name: 'another digit on the master',
    files: ['slides.pptx'],
    file: (file, folder) => broken(file, folder, otherFoot),
    found: 'from the master',
  },
  {
    ...paper,
    name: 'a sheet more than the pack names',
    files: ['pack.pdf'],
    lesson: (it) => ({
      ...it,
      page: { ...it.page, sheetsToPrint: [...it.page.sheetsToPrint, ...it.page.sheetsToPrint] },
    }),
    found: 'its contents are true',
  },
  {
    ...paper,
    name: 'no line for the own school',
    files: ['letter.pdf'],
    edition: (it) => ({ ...it, labels: { ...it.labels, schoolLine: it.labels.packTitle } }),
    found: 'a ruled line',
  },
  {
    ...office,
    name: 'a part that is not there',
    file: (file, folder) => broken(file, folder, (bytes) => without(bytes, /(styles|theme1)\.xml$/)),
    found: 'every part declared',
  },
];

/** Whether the checks find what is made wrong on purpose, in every edition: a check that cannot fail shows nothing. */
export async function faultsFound(
  ground: Ground,
  judges: readonly Judge[],
): Promise<{ readonly noticed: number; readonly unnoticed: readonly string[] }> {
  const unnoticed: string[] = [];
  let noticed = 0;
  const folder = join(ground.workFolder, 'faults');
  for (const fault of faults.filter(({ judge }) => judges.includes(judge))) {
    const workFolder = join(folder, String(noticed + unnoticed.length));
    mkdirSync(workFolder, { recursive: true });
    const chosen = ground.files.filter(({ lesson, name }) => lesson === 'B4' && fault.files.includes(name));
    const files = chosen.map((file) => fault.file?.(file, workFolder) ?? file);
    const editions = ground.editions.map((edition): ExpectedEdition => {
      const lessons = edition.lessons.map((lesson) => fault.lesson?.(lesson) ?? lesson);
      const expected = { ...edition, lessons };
      return fault.edition?.(expected) ?? expected;
    });
    const verdicts = await fault.judge.judge({ ...ground, workFolder, editions, files }, () => {});
    for (const { edition, name, checks } of verdicts) {
      if (checks.some(({ what, passed }) => !passed && what.includes(fault.found))) noticed++;
      else unnoticed.push(`${edition} ${name}: ${fault.name}`);
    }
    if (verdicts.length === 0) unnoticed.push(`${fault.name}: nothing to try it on`);
  }
  return { noticed, unnoticed };
}
