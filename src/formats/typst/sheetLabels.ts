import type { Inline } from '../page/lessonPage.ts';
import { splitNumbers } from '../page/numberRuns.ts';

/** The interface words that print files need, in the edition's language: `locales/{language}/sheet.json`. */
export const sheetLabelKeys = [
  // between two things on one line, with its space
  'comma',
  // running line and sheets
  'lesson',
  'ages',
  'adults',
  'teacherGuide',
  'ownSheet',
  'adultSheet',
  'aidLine',
  'cardsLine',
  'planLine',
  'letterLine',
  'boosterLine',
  // what a pack holds
  'packTitle',
  'packPages',
  'packPart',
  'packUse',
  'packOnce',
  'copyLearner',
  'copyPerson',
  'packNote',
  // facts row
  'factAge',
  'factTime',
  'factGroup',
  'factScreens',
  'factPrint',
  'minutes',
  'boosterMinutes',
  'groupClass',
  'groupAdults',
  'screensNone',
  'screensOptional',
  'sheetsEach',
  'sheetsNone',
  'notForAssembly',
  // parts of the guide
  'before',
  'objectives',
  'messages',
  'materials',
  'plan',
  'planStep',
  'planMinutes',
  'planClock',
  'clock',
  'steps',
  'practice',
  'evidence',
  'questions',
  'answerLetters',
  'rightAnswer',
  'explanation',
  'later',
  'laterLead',
  'safeguarding',
  // slides
  'slidesLine',
  'slideOf',
  'slideNotes',
  'slidesCurrent',
  // help
  'help',
  'helpChild',
  'helpCrisis',
  'helpDanger',
  'helpReport',
  'helpRemoval',
  'numberTakenOut',
  'inOurSchool',
  'schoolName',
  'schoolPhone',
  'schoolLine',
  'missingFact',
  // under a picture of an edition's own
  'pictureBy',
  'pictureOwn',
  'picturePublicDomain',
  'picturePermission',
  // imprint
  'stillCurrent',
  'scanOrType',
  'codeOnly',
  'qrAlt',
  'place',
  'lessonEdition',
  'release',
  'checkedOn',
  'notChecked',
  'pageOf',
  'draftStamp',
  'draftNotice',
  'demonstrationNotice',
] as const;

export type SheetLabelKey = (typeof sheetLabelKeys)[number];
/** Every word, with `{{placeholders}}`. */
export type SheetLabels = Readonly<Record<SheetLabelKey, string>>;

/** What is set: the page model's nodes, the page numbers that only the typesetter knows, and words with a weight. */
export type Setting = Inline | { readonly kind: 'page' | 'pages' | 'pageOfPages' };
export type Line = readonly Setting[];
/** Whether it is known before the pages are. */
export const isInline = (node: Setting): node is Inline =>
  node.kind !== 'page' && node.kind !== 'pages' && node.kind !== 'pageOfPages';

const numberNode = (value: string | number): Setting => ({ kind: 'number', text: String(value) });
/** The placeholders of the page number; `{{page}}/{{pages}}` is one value, so that it is not turned around. */
export const pageValues: Readonly<Record<string, Line>> = {
  page: [{ kind: 'page' }],
  pages: [{ kind: 'pages' }],
  'page/pages': [{ kind: 'pageOfPages' }],
};

/** Words as nodes, digits that must not be reordered apart. */
export function wordsLine(text: string): Line {
  return text === '' ? [] : splitNumbers(text);
}

/** Digits, codes and addresses as typed, left to right. */
export function typedLine(text: string | number): Line {
  return text === '' ? [] : [numberNode(text)];
}

/** A label with its placeholders filled: numbers as typed, lines as they are, words as words. */
export function labelLine(label: string, values: Readonly<Record<string, Line | number>> = {}): Line {
  return label
    .replace('{{page}}/{{pages}}', '{{page/pages}}')
    .split(/(\{\{[\w/]+\}\})/)
    .flatMap((piece): Line => {
      const name = /^\{\{([\w/]+)\}\}$/.exec(piece)?.[1];
      if (name === undefined) return wordsLine(piece);
      const value = values[name] ?? [];
      return typeof value === 'number' ? typedLine(value) : value;
    });
}
