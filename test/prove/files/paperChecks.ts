import { fontFiles } from '../../../src/files/pdf/fontFiles.ts';
import type { LessonSheet } from '../../../src/formats/page/lessonPage.ts';
import { plainText } from '../../../src/formats/page/plainText.ts';
import { callOf, furtherHelp, helpFault, mainHelp } from './help.ts';
import type { Check, ExpectedEdition, ExpectedHelp, ExpectedLesson, PublishedFile } from './judge.ts';
import { check } from './judge.ts';
import { firstOutOfOrder, folded, rawReading, standsAlone } from './reading.ts';
import { drawnReading, type Pages, type Paper, wanted, wordsReading } from './readPaper.ts';

/** A file with its pages and what is expected of it. */
export type PagesCase = {
  readonly file: PublishedFile;
  readonly paper: Pages;
  readonly edition: ExpectedEdition;
  readonly lesson: ExpectedLesson;
};
export type PaperCase = PagesCase & { readonly paper: Paper };

/** `NotoSans`, `NotoSerif`, `Vazirmatn`: the families of the fonts that the project brings. */
const families = [...new Set(fontFiles().map((file) => (file.split(/[\\/]/).at(-1) ?? '').split('_')[0] ?? ''))];

export function soundChecks({ file, paper, edition, lesson }: PaperCase): readonly Check[] {
  const { faults, fonts, title, tagged, universal, language, rightToLeft, sizes } = paper;
  const strange = fonts.filter(({ name, embedded }) => !embedded || !families.includes(name.split('-')[0] ?? ''));
  const named = `${lesson.lesson}: ${titleOf(file, lesson)}`;
  const tag = `${edition.language.split('-')[0]}-${edition.country.split('-')[0]}`;
  const about = { tagged, universal, language, rightToLeft };
  const [wide, high] = file.kind === 'slides' ? [960, 540] : file.paper === 'letter' ? [612, 792] : [595.276, 841.89];
  const others = sizes.filter(([width, height]) => Math.abs(width - wide) > 0.5 || Math.abs(height - high) > 0.5);
  return [
    check('qpdf finds nothing wrong', faults === '', faults),
    check(
      'only the project’s fonts, all embedded',
      fonts.length > 0 && strange.length === 0,
      strange.map(({ name, embedded }) => `${name} (${embedded ? 'embedded' : 'not embedded'})`).join(', '),
    ),
    check('its title', folded(title) === folded(named), title),
    check(
      'tagged, PDF/UA-1, language and direction',
      tagged && universal && language === tag && rightToLeft === (edition.direction === 'rtl'),
      JSON.stringify(about),
    ),
    check('the size of its paper', sizes.length > 0 && others.length === 0, JSON.stringify(others[0] ?? sizes)),
    check('as many pages as readers are told', sizes.length === file.pages, `${sizes.length}, told ${file.pages}`),
  ];
}

export const sheetOf = (file: PublishedFile, { page }: ExpectedLesson): LessonSheet | null => {
  const name = file.name.split('.')[0];
  return file.kind === 'sheet' ? (page.sheetsToPrint.find((sheet) => sheet.name === name) ?? null) : null;
};

export const titleOf = (file: PublishedFile, lesson: ExpectedLesson): string =>
  sheetOf(file, lesson)?.title ?? lesson.title;

export function titleCheck(it: PaperCase): Check {
  const { direction } = it.edition;
  const title = wanted(titleOf(it.file, it.lesson), direction);
  const first = wordsReading(it.paper, 0, 1);
  return check('its title is printed', first.find(title, 0) !== null, first.between(0, 200));
}

export function stepsCheck({ paper, edition, lesson }: PaperCase): Check {
  const titles = lesson.steps.map((title) => wanted(title, edition.direction));
  const reading = wordsReading(paper);
  // The plan names them all, then each stands over its step: twice in their order.
  const missed = firstOutOfOrder(reading, [...titles, ...titles]);
  return check('every step’s heading, in order', missed === null, `“${missed}” is not where it should be`);
}

/** Cards that say themselves whom to call, all of them, need no help box. */
export function carriesNumbers(sheet: LessonSheet | null, lesson: ExpectedLesson): boolean {
  if (sheet?.kind !== 'cards') return false;
  const said = sheet.blocks.flatMap(({ paragraphs }) => paragraphs.flat());
  const shown = said.flatMap((node) => (node.kind === 'phone' ? node.display : node.kind === 'url' ? node.url : []));
  const main = mainHelp(lesson);
  return main.length > 0 && main.every(({ display, url }) => shown.includes(display === '' ? url : display));
}

/** The lines that a file has to print, in their order. */
export function helpOf({ file, lesson }: Pick<PagesCase, 'file' | 'lesson'>): readonly ExpectedHelp[] {
  const sheet = sheetOf(file, lesson);
  const everything = file.kind === 'guide' || file.kind === 'pack' || lesson.page.group === 'adults';
  return everything || sheet?.kind === 'letter' ? [...mainHelp(lesson), ...furtherHelp(lesson)] : mainHelp(lesson);
}

export function helpChecks(it: PagesCase): readonly Check[] {
  const { file, paper, edition, lesson } = it;
  const inCards = carriesNumbers(sheetOf(file, lesson), lesson);
  const lines = helpOf(it);
  const seen = paper.seen.flat();
  const lost = numbersIn(inCards ? mainHelp(lesson) : lines).filter((number) => !isSeen(number, seen));
  const fault = inCards ? null : helpFault(drawnReading(paper, edition.direction), lines, edition.labels);
  return [
    ...(inCards
      ? []
      : [check('every helpline behind its label, in order, digit by digit', fault === null, fault ?? '')]),
    check('every number from left to right, as the eye sees it', lost.length === 0, `not seen: ${lost.join(', ')}`),
  ];
}

const numbersIn = (lines: readonly ExpectedHelp[]): readonly string[] =>
  lines.filter(({ display }) => display !== '').map(callOf);
const isSeen = (number: string, lines: readonly string[]): boolean => lines.some((line) => standsAlone(number, line));

/** On paper whoever finds one leaf finds help: the lines to talk to, and when they were checked. */
export function everyPageCheck({ paper, edition, lesson }: PagesCase, spared: ReadonlySet<number>): Check {
  const { notChecked, checkedOn } = edition.labels;
  const day = lesson.page.help.checkedOn;
  // The label's own words before the date.
  const checked = day === null ? notChecked : (checkedOn.split('{{')[0] ?? '');
  const faults = paper.seen.flatMap((lines, index) => {
    if (lines.length === 0 && spared.has(index + 1)) return [];
    const lost = numbersIn(mainHelp(lesson)).filter((number) => !isSeen(number, lines));
    const text = rawReading(paper.raw[index] ?? '', edition.direction);
    const said = text.find(checked, 0) !== null;
    return [...lost, ...(said ? [] : [`“${checked}”`])].map((value) => `page ${index + 1} lacks ${value}`);
  });
  return check('the helplines and when they were checked on every page', faults.length === 0, faults.join('; '));
}

/** Every page says which copy it is. Only the back of a leaf that nothing stands on is spared. */
export function currencyCheck({ paper, edition, lesson }: PagesCase, spared: ReadonlySet<number>): Check {
  const [year = '', , day = ''] = lesson.on.split('-');
  const release = lesson.release.replaceAll('.', '\\.');
  // `Lesson edition 1, 8 September 2025. Baseline 1.8.1`: the figures in this order, and only words between them.
  const figures = new RegExp(
    `(?<!\\d)${lesson.number}\\D{1,20}${Number(day)}\\D{1,20}${year}\\D{1,30}${release}(?!\\d)`,
  );
  const locale = `${edition.language}-${edition.country}-u-ca-gregory-nu-latn`;
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(lesson.on));
  const pages = paper.raw.length;
  const faults = paper.raw.flatMap((text, index) => {
    if (folded(text) === '' && spared.has(index + 1)) return [];
    const whole = folded(text);
    const values = [lesson.code, edition.edition, lesson.page.imprint.licence];
    const place = new RegExp(`(?<!\\d)${index + 1}\\D{1,12}${pages}(?!\\d)`);
    const lost = [
      ...values.filter((value) => value === '' || !standsAlone(value, whole)),
      ...(figures.test(whole) ? [] : [`lesson edition ${lesson.number}, ${lesson.on}, release ${lesson.release}`]),
      ...(rawReading(text, edition.direction).find(month, 0) === null ? [month] : []),
      ...(place.test(whole) ? [] : [`its number, ${index + 1} of ${pages}`]),
    ];
    return lost.map((value) => `page ${index + 1} lacks ${value}`);
  });
  return check(
    'code, edition, lesson edition, date, release, licence and page number on every page',
    faults.length === 0,
    faults.join('; '),
  );
}

/** Where the code can be asked, where the site has an address that may be printed. */
export function addressCheck({ paper, lesson }: PagesCase): readonly Check[] {
  const address = lesson.page.imprint.verifyLabel;
  if (address === null) return [];
  // An address may be broken over two lines.
  const printed = paper.raw.some((text) => folded(text).replaceAll(' ', '').includes(address));
  return [check('the address at which its code is asked', printed, `${address} is not printed`)];
}

/** What the teacher knows of the questions, as it would look on a page. */
export function keysOf({ edition, lesson }: Pick<PaperCase, 'edition' | 'lesson'>): readonly string[] {
  const { questions, later } = lesson.page;
  const why = [...questions, ...later].flatMap(({ explanation }) =>
    explanation.flatMap(({ paragraphs }) => paragraphs),
  );
  const long = why.map((paragraph) => plainText([paragraph])).filter((text) => text.length > 24);
  return [`(${edition.labels.rightAnswer})`, ...long].map((text) => folded(wanted(text, edition.direction)));
}

/** On pages for learners, from one to another. */
export function keysCheck(it: PaperCase, from = 0, to = it.paper.words.length): Check {
  const text = folded(it.paper.words.slice(from, to).join('\n'));
  const shown = keysOf(it).filter((key) => text.includes(key));
  return check('no answer key on a learner’s page', shown.length === 0, shown.join('; '));
}

export function schoolCheck({ paper, edition }: PaperCase): Check {
  const { inOurSchool, schoolName, schoolPhone } = edition.labels;
  const words = [inOurSchool, schoolName, schoolPhone].map((label) => wanted(label, edition.direction));
  const missed = firstOutOfOrder(wordsReading(paper), words);
  return check('a line for the school’s own person and phone', missed === null, `“${missed}” is missing`);
}
