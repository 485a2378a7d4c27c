import { deckTitles } from './deck.ts';
import type { Check, Ground, Judge, PublishedFile, Verdict } from './judge.ts';
import { check, editionOf, lessonOf, verdictOn } from './judge.ts';
import { contentsCheck, packSays } from './packParts.ts';
import {
  addressCheck,
  currencyCheck,
  everyPageCheck,
  helpChecks,
  keysCheck,
  type PaperCase,
  schoolCheck,
  soundChecks,
  stepsCheck,
  titleCheck,
} from './paperChecks.ts';
import { folded } from './reading.ts';
import { readPaper, wanted, wordsReading } from './readPaper.ts';
import { schoolLineCheck } from './schoolLine.ts';
import { counting, eachAtOnce } from './tools.ts';

const isPaper = ({ format }: PublishedFile): boolean => format === 'pdf';

/** Every PDF: packs, guides, sheets, slides on the wall and beside their notes. */
export const paperJudge: Judge = {
  name: 'paper',
  judge: async (ground, say) => {
    const papers = ground.files.filter(isPaper);
    const count = counting(papers.length, 25, say);
    return eachAtOnce(papers, 2, async (file): Promise<Verdict> => {
      const edition = editionOf(ground, file);
      const lesson = lessonOf(ground, file);
      const paper = await readPaper(file.path, edition.direction);
      const it = { file, paper, edition, lesson };
      const line = await schoolLineCheck(it, ground.workFolder);
      const verdict = verdictOn(file, [...checksOf(it, ground), ...line]);
      count();
      return verdict;
    });
  },
};

/** What a PDF has to stand, by what it is for. */
export function checksOf(it: PaperCase, ground: Ground): readonly Check[] {
  const always = [...soundChecks(it), titleCheck(it), ...addressCheck(it), ...helpChecks(it)];
  const none = new Set<number>();
  const pages = [currencyCheck(it, none), everyPageCheck(it, none)];
  switch (it.file.kind) {
    case 'guide':
      return [...always, ...pages, stepsCheck(it), schoolCheck(it)];
    case 'pack':
      return [...always, ...packChecks(it, ground)];
    case 'slides':
      return [...always, ...pages, slidesCheck(it), keysCheck(it)];
    case 'slideNotes':
      return [...always, ...pages, slidesCheck(it)];
    default:
      return [...always, ...pages, keysCheck(it)];
  }
}

function slidesCheck({ paper, edition, lesson }: PaperCase): Check {
  const reading = wordsReading(paper);
  const titles = deckTitles(lesson).map((title) => wanted(title, edition.direction));
  let at = 0;
  for (const title of titles) {
    const place = reading.find(title, at);
    if (place === null) return check('every slide’s title, in order', false, `“${title}” is not where it should be`);
    at = place.end;
  }
  return check('every slide’s title, in order', true, '');
}

function packChecks(it: PaperCase, ground: Ground): readonly Check[] {
  const { paper } = it;
  const says = packSays(it);
  const [guide, ...sheets] = says.parts;
  const before = guide?.last ?? 0;
  // The back of the last leaf of a part stays empty where its pages are odd in number.
  const isEmpty = (page: number): boolean => folded(paper.raw[page - 1] ?? '') === '';
  const backs = new Set(says.parts.map(({ last }) => last + 1).filter((page) => page % 2 === 0));
  const faults = [
    ...says.parts
      .filter(({ first }) => first % 2 === 0)
      .map(({ title, first }) => `“${title}” begins on the back, page ${first}`),
    ...paper.raw.flatMap((_, index) =>
      isEmpty(index + 1) && !backs.has(index + 1) ? [`page ${index + 1} is empty`] : [],
    ),
  ];
  return [
    currencyCheck(it, backs),
    everyPageCheck(it, backs),
    stepsCheck(it),
    schoolCheck(it),
    contentsCheck(it, says, ground),
    check(
      'the guide, then every sheet in print order, each on the front of a leaf',
      faults.length === 0 && sheets.length === it.lesson.page.sheetsToPrint.length,
      faults.join('; '),
    ),
    keysCheck(it, before),
  ];
}
