import type { Located } from '../commands/content/checkContent.ts';
import type { ContentFindingCode } from '../domain/checks/finding.ts';
import type { FindingCode } from '../domain/package/validate.ts';

type Data = Located['data'];

/** What is wrong and what to do, in a sentence; for the people who edit files. */
const sentences: Readonly<Record<ContentFindingCode | FindingCode, (data: Data) => string>> = {
  segmentUnknown: ({ segment }) => `is placed, but no file defines it: ${segment}. Define it, or take the place out.`,
  segmentDuplicate: ({ segment }) => `stands twice in one section: ${segment}. Leave one.`,
  lessonDuplicate: ({ lesson }) => `a lesson twice: ${lesson}. Leave one.`,
  sectionDuplicate: ({ section }) => `has a section twice: ${section}. Join them, or name one.`,
  textEmpty: () => 'has no text. Write one, or take the segment out.',
  factUnknown: ({ fact }) => `names a fact that facts.yaml does not define: ${fact}. Define it, or mend the name.`,
  evidenceUnknown: ({ evidence }) =>
    `names evidence that is not in the register: ${evidence}. Add it to evidence.yaml.`,
  variantUnknown: ({ variantOf }) => `is a variant of what is not there: ${variantOf}. Mend variantOf.`,
  minutesDiffer: ({ minutes, steps }) => `says ${minutes} minutes, its steps make ${steps}. Mend one of them.`,
  rightAnswers: ({ count }) => `has ${count} right answers. Mark one answer with: right`,
  practiceMissing: () => 'has no practice step. Mark the step in which learners practise with: practice',
  practiceNotCore: () => 'is a practice step, but not core. Make it core.',
  policyWrong: ({ policy, wanted, why }) => `is ${policy}; ${why}. Make it ${wanted}.`,
  sentenceLong: ({ words, limit, sentence }) =>
    `has a sentence of ${words} words, ${limit} are the limit: “${sentence}” Split it.`,
  readingHard: ({ level, limit, scale }) =>
    `is too hard to read: ${scale} ${level}, the limit is ${limit}. Use shorter words and sentences for learners.`,
  altTextMissing: ({ drawing }) => `says too little about its drawing ${drawing}. Say in a sentence what it shows.`,
  drawingMissing: ({ drawing }) => `wants a drawing that is not there. Add baseline/drawings/${drawing}.svg.`,
  drawingChanged: ({ drawing }) =>
    `its drawing ${drawing} is not the one that was sealed. Give the new drawing a new name, and seal it in baseline/drawings/seals.yaml.`,
  labelsDiffer: ({ drawing, labels, places }) =>
    `is followed by ${labels} labels, the drawing ${drawing} has ${places} places for them. Make them equal.`,
  avoidedTerm: ({ term, instead, why }) => `says “${term}”: ${why}. Say: ${instead}.`,
  redLine: ({ phrase, why }) => `crosses a red line, “${phrase}”: ${why}. Write it anew.`,
  freeFact: ({ value }) => `holds ${value}, which looks like a number to call or an address. Use a fact in braces.`,
  coreMissing: ({ statement }) =>
    `does not place ${statement} or one of its variants. Place it on the help card or among the messages.`,
  laterMissing: ({ questions, later }) =>
    `has other parallel questions (${later || 'none'}) than questions (${questions}). Give each question its parallel, with as many answers.`,
  idReused: ({ release, was }) => `was another segment before ${release}: “${was}” Use a new id.`,
  variantUntouched: ({ set, variants }) =>
    `was changed by ${set}, its other registers were not: ${variants}. Change them in the set, or name them under clearedVariants.`,
  factsDiffer: ({ missing, foreign }) =>
    `has other facts than its source (missing: ${missing || 'none'}; foreign: ${foreign || 'none'}). Use the same ones.`,
  numbersDiffer: ({ missing, foreign }) =>
    `has other numbers than its source (missing: ${missing || 'none'}; foreign: ${foreign || 'none'}). Use the same ones, in figures.`,
  marksDiffer: ({ mark, wanted, found }) =>
    `has ${found} of this mark (${mark}), its source has ${wanted}. Mark the same words.`,
  coreShort: ({ percent }) => `is core and has ${percent} % of its source’s length. Say all of it.`,
  untouchedSource: () => 'is the English text. Translate it.',
  backMissing: () =>
    'is core and has no back-translation. Add a line back: below its marker, by someone other than the translator.',
  untranslated: () => 'has no words in this edition. Translate it.',
  unitUnknown: ({ release }) => `translates what release ${release} does not have. Mend the id or the release.`,
  termDouble: ({ term, other, source }) => `“${source}” stands in two terms, ${other} and ${term}. Leave it in one.`,
  termLanguageUnknown: ({ language }) => `no edition is in ${language}. Name a language that has one.`,
  ledgerUnknown: () => 'stands in the ledger, but not in the release of this edition. Take it out.',
};

export function sentenceOf(finding: Located): string {
  return sentences[finding.code](finding.data);
}
