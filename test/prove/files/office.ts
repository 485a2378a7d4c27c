import { readFile } from 'node:fs/promises';
import { qrPng } from '../../../src/formats/pptx/qrPng.ts';
import { type ReadDocx, readDocx } from '../../formats/docx/readDocx.ts';
import { type ReadPptx, readPptx } from '../../formats/pptx/readPptx.ts';
import { assertSound } from '../../formats/pptx/soundPptx.ts';
import { deckTitles, presenterNotes } from './deck.ts';
import { helpFault, mainHelp } from './help.ts';
import {
  type Check,
  check,
  editionOf,
  type Ground,
  type Judge,
  lessonOf,
  type PublishedFile,
  verdictOn,
} from './judge.ts';
import { printByLibreOffice } from './libreOffice.ts';
import { packageFaults } from './officePackage.ts';
import {
  addressCheck,
  currencyCheck,
  everyPageCheck,
  helpChecks,
  helpOf,
  keysOf,
  type PagesCase,
  titleOf,
} from './paperChecks.ts';
import { exactReading, firstOutOfOrder, folded, standsAlone, unvowelled } from './reading.ts';
import { type Pages, readPages } from './readPaper.ts';
import { counting, eachAtOnce } from './tools.ts';

const isOffice = ({ format }: PublishedFile): boolean => format === 'docx' || format === 'pptx';

/** Every DOCX and PPTX: taken apart as a ZIP of parts, and opened by LibreOffice. */
export const officeJudge: Judge = {
  name: 'office',
  judge: async (ground, say) => {
    const files = ground.files.filter(isOffice);
    const paths = [...new Set(files.map(({ path }) => path))];
    const printed = await printByLibreOffice(paths, ground.workFolder, (count) =>
      say(`LibreOffice has opened ${count} of ${paths.length}`),
    );
    const count = counting(files.length, 50, say);
    return eachAtOnce(files, 2, async (file) => {
      const pdf = printed.get(file.path);
      const verdict = verdictOn(file, await checksOf(file, ground, pdf === undefined ? null : await readPages(pdf)));
      count();
      return verdict;
    });
  },
};

async function checksOf(file: PublishedFile, ground: Ground, paper: Pages | null): Promise<readonly Check[]> {
  const bytes = await readFile(file.path);
  const faults = packageFaults(bytes);
  const opened = paper !== null && paper.faults === '' && paper.sizes.length > 0;
  const always = [
    check('every part declared, there, linked and well-formed', faults.length === 0, faults.join('; ')),
    check('LibreOffice opens it', opened, paper?.faults ?? 'no PDF came out'),
  ];
  if (paper === null || faults.length > 0) return always;
  const it = { file, paper, edition: editionOf(ground, file), lesson: lessonOf(ground, file) };
  const known = file.format === 'docx' ? wordChecks(it, readDocx(bytes)) : slideChecks(it, bytes, ground);
  const none = new Set<number>();
  const pages = [currencyCheck(it, none), everyPageCheck(it, none)];
  return [...always, ...helpChecks(it), ...pages, ...addressCheck(it), ...known];
}

/** In the order in which they are read, exact for every script: a word processor keeps letters as they were written. */
function wordChecks({ file, edition, lesson }: PagesCase, docx: ReadDocx): readonly Check[] {
  const body = docx.paragraphs.filter(({ part }) => part === 'word/document.xml').map(({ text }) => text);
  const reading = exactReading(body.join('\n'));
  const title = titleOf(file, lesson);
  const always = check('its title is written', reading.find(title, 0) !== null, body.slice(0, 3).join(' / '));
  if (file.kind === 'sheet') return [always, keysCheck({ file, edition, lesson }, body)];
  const missed = firstOutOfOrder(reading, [...lesson.steps, ...lesson.steps]);
  const { inOurSchool, schoolName, schoolPhone } = edition.labels;
  const school = firstOutOfOrder(reading, [inOurSchool, schoolName, schoolPhone]);
  const fault = helpFault(reading, helpOf({ file, lesson }), edition.labels);
  return [
    always,
    check('every step’s heading, in order', missed === null, `“${missed}” is not where it should be`),
    check('a line for the school’s own person and phone', school === null, `“${school}” is missing`),
    check('every helpline is written behind its label', fault === null, fault ?? ''),
  ];
}

function keysCheck({ edition, lesson }: Omit<PagesCase, 'paper'>, body: readonly string[]): Check {
  const text = edition.direction === 'rtl' ? unvowelled(body.join('\n')) : folded(body.join('\n'));
  const shown = keysOf({ edition, lesson }).filter((key) => text.includes(key));
  return check('no answer key on a learner’s page', shown.length === 0, shown.join('; '));
}

function slideChecks(it: PagesCase, bytes: Uint8Array, ground: Ground): readonly Check[] {
  const { file, paper, edition, lesson } = it;
  const what = 'nothing that PowerPoint would offer to repair';
  let deck: ReadPptx;
  try {
    deck = readPptx(bytes);
    assertSound(deck);
  } catch (problem) {
    return [check(what, false, problem instanceof Error ? problem.message : String(problem))];
  }
  const onPaper = ground.files.find(
    (other) => other.lesson === file.lesson && other.edition === file.edition && other.name === 'slides.pdf',
  );
  const counts = [deck.slides.length, paper.sizes.length, onPaper?.pages ?? 0];
  const shown = exactReading(deck.slides.flatMap(({ title, lines }) => [title, ...lines]).join('\n'));
  const missed = firstOutOfOrder(shown, deckTitles(lesson));
  const said = exactReading(deck.slides.flatMap(({ notes }) => notes).join('\n'));
  const unsaid = firstOutOfOrder(said, presenterNotes(lesson));
  const last = exactReading(deck.slides.at(-1)?.lines.join('\n') ?? '');
  const fault = helpFault(last, helpOf({ file, lesson }), edition.labels);
  return [
    check(what, true, ''),
    check('as many slides as LibreOffice prints and as the PDF has', new Set(counts).size === 1, counts.join(', ')),
    check('every slide’s title, in order', missed === null, `“${missed}” is not where it should be`),
    check('every presenter’s note, in order', unsaid === null, `“${unsaid}” is not where it should be`),
    check('every helpline on the last slide, behind its label', fault === null, fault ?? ''),
    footCheck(it, deck),
  ];
}

/** Of the master, so that a slide which a teacher adds has it: whom to call, the code in words and, with an address, to scan. */
function footCheck({ edition, lesson }: PagesCase, { slides, bytes }: ReadPptx): Check {
  const { code, page } = lesson;
  const url = page.imprint.verifyUrl;
  const square = url === null ? null : Buffer.from(qrPng(url));
  const faults = slides.flatMap(({ footLines, footPictures }, index) => {
    const [calls = '', origin = ''] = footLines;
    const unsaid = helpFault(exactReading(calls), mainHelp(lesson), edition.labels);
    const shown = footPictures.some((path) => square?.equals(bytes(path)));
    const lost = [
      ...(unsaid === null ? [] : [unsaid]),
      ...(standsAlone(code, folded(origin)) ? [] : [`its code ${code} is not there`]),
      ...(shown === (square !== null) ? [] : ['its square is not that of its code']),
    ];
    return lost.map((fault) => `slide ${index + 1}: ${fault}`);
  });
  return check(
    'helplines, code and square at the foot of every slide, from the master',
    faults.length === 0,
    faults.join('; '),
  );
}
