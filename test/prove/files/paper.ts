import { deckTitles } from './deck.ts';
import type { Check, Ground, Judge, PublishedFile, Verdict } from './judge.ts';
import { check, editionOf, lessonOf, verdictOn } from './judge.ts';
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
      const verdict = verdictOn(file, checksOf({ file, paper, edition, lesson }, ground));
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

/** A part of a pack and the page on which it has to begin. */
type Part = { readonly title: string; readonly first: number; readonly pages: number };

/**
 * Where the sheets of a pack have to begin, counted from its end by the pages of the sheets' own files: each on the front
 * of a leaf. What stands before them is the guide, which says in a pack what the pack holds.
 */
function sheetsIn({ file, lesson, paper }: PaperCase, ground: Ground): readonly Part[] {
  const ending = file.paper === 'letter' ? '.letter.pdf' : '.pdf';
  const pagesOf = (name: string): number =>
    ground.files.find(
      (each) => each.edition === file.edition && each.lesson === file.lesson && each.name === name + ending,
    )?.pages ?? 0;
  let next = paper.sizes.length + 1;
  return lesson.page.sheetsToPrint
    .toReversed()
    .map(({ name, title }, index): Part => {
      const pages = pagesOf(name);
      const first = next - pages;
      next = first % 2 === 0 && index > 0 ? first - 1 : first;
      return { title, first: next, pages };
    })
    .toReversed();
}

function packChecks(it: PaperCase, ground: Ground): readonly Check[] {
  const { paper, edition, lesson } = it;
  const sheets = sheetsIn(it, ground);
  const before = (sheets[0]?.first ?? paper.sizes.length + 1) - 1;
  // The back of the last leaf of a part stays empty where its pages are odd in number.
  const isEmpty = (page: number): boolean => folded(paper.raw[page - 1] ?? '') === '';
  const backs = new Set([before, ...sheets.map(({ first }) => first - 1)].filter((page) => page % 2 === 0));
  const all = [{ title: lesson.title, first: 1 }, ...sheets];
  const faults = [
    ...all
      .filter(({ first }) => first % 2 === 0)
      .map(({ title, first }) => `“${title}” begins on the back, page ${first}`),
    ...all
      .filter(({ title, first }) => {
        const page = wordsReading(paper, first - 1, first);
        return page.find(wanted(title, edition.direction), 0) === null;
      })
      .map(({ title, first }) => `“${title}” does not begin on page ${first}`),
    ...paper.raw.flatMap((_, index) =>
      isEmpty(index + 1) && !backs.has(index + 1) ? [`page ${index + 1} is empty`] : [],
    ),
  ];
  return [
    currencyCheck(it, backs),
    everyPageCheck(it, backs),
    stepsCheck(it),
    schoolCheck(it),
    check(
      'the guide, then every sheet in print order, each on the front of a leaf',
      faults.length === 0,
      faults.join('; '),
    ),
    keysCheck(it, before),
  ];
}
