import { deckTitles } from './deck.ts';
import type { Check, Ground, Judge, PublishedFile, Verdict } from './judge.ts';
import { check, editionOf, lessonOf, verdictOn } from './judge.ts';
import {
  currencyCheck,
  helpChecks,
  keysCheck,
  type PaperCase,
  schoolCheck,
  soundChecks,
  stepsCheck,
  titleCheck,
} from './paperChecks.ts';
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
  const always = [...soundChecks(it), titleCheck(it), ...helpChecks(it)];
  switch (it.file.kind) {
    case 'guide':
      return [...always, currencyCheck(it, new Set()), stepsCheck(it), schoolCheck(it)];
    case 'pack':
      return [...always, ...packChecks(it, ground)];
    case 'slides':
      return [...always, currencyCheck(it, new Set()), slidesCheck(it), keysCheck(it)];
    case 'slideNotes':
      return [...always, currencyCheck(it, new Set()), slidesCheck(it)];
    default:
      return [...always, currencyCheck(it, new Set()), keysCheck(it)];
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

/** Where the parts of a pack have to begin: the guide, then every sheet, each on the front of a leaf. */
type Part = { readonly title: string; readonly first: number; readonly pages: number };

function partsOf({ file, lesson }: PaperCase, ground: Ground): readonly Part[] {
  const pagesOf = (name: string): number =>
    ground.files.find(
      (each) =>
        each.edition === file.edition && each.lesson === file.lesson && each.paper === file.paper && each.name === name,
    )?.pages ?? 0;
  const ending = file.paper === 'letter' ? '.letter.pdf' : '.pdf';
  const named = [
    { title: lesson.title, pages: pagesOf(`guide${ending}`) },
    ...lesson.page.sheetsToPrint.map(({ name, title }) => ({ title, pages: pagesOf(`${name}${ending}`) })),
  ];
  let next = 1;
  return named.map(({ title, pages }) => {
    const first = next % 2 === 0 ? next + 1 : next;
    next = first + pages;
    return { title, first, pages };
  });
}

function packChecks(it: PaperCase, ground: Ground): readonly Check[] {
  const { paper, edition } = it;
  const parts = partsOf(it, ground);
  const last = parts.at(-1);
  const taken = new Set(
    parts.flatMap(({ first, pages }) => Array.from({ length: pages }, (_, index) => first + index)),
  );
  const all = Array.from({ length: paper.sizes.length }, (_, index) => index + 1);
  const backs = new Set(all.filter((page) => !taken.has(page)));
  const expected = last === undefined ? 0 : last.first + last.pages - 1;
  const faults = [
    ...(paper.sizes.length === expected ? [] : [`${paper.sizes.length} pages, not ${expected}`]),
    ...parts.flatMap(({ title, first }) =>
      wordsReading(paper, first - 1, first).find(wanted(title, edition.direction), 0) === null
        ? [`“${title}” does not begin on page ${first}`]
        : [],
    ),
  ];
  const sheetsFrom = (parts[0]?.pages ?? 0) + (parts[0]?.first ?? 1) - 1;
  return [
    currencyCheck(it, backs),
    stepsCheck(it),
    schoolCheck(it),
    check(
      'the guide, then every sheet in print order, each on the front of a leaf',
      faults.length === 0,
      faults.join('; '),
    ),
    keysCheck(it, sheetsFrom),
  ];
}
