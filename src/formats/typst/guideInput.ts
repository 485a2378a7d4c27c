import type { Paper } from '../files/lessonFile.ts';
import type { Block, LessonPage, LessonStep } from '../page/lessonPage.ts';
import { documentOf, frameOf, yearsLine } from './frame.ts';
import { packContents } from './packContents.ts';
import type { GuidePart, PdfInput, SetBlock } from './pdfInput.ts';
import { helpBox, setBlocks } from './setBlocks.ts';
import { lessonLine, sheetPart } from './sheetInput.ts';
import { type Line, labelLine, type SheetLabels, typedLine, wordsLine } from './sheetLabels.ts';

function groupLine(page: LessonPage, labels: SheetLabels): Line {
  const group = labelLine(page.group === 'adults' ? labels.groupAdults : labels.groupClass);
  return page.groupSize === null ? group : [...group, ...wordsLine(labels.comma), ...yearsLine(page.groupSize)];
}

function factsRow(page: LessonPage, labels: SheetLabels): GuidePart['facts'] {
  const booster = page.booster === null ? [] : labelLine(labels.boosterMinutes, { minutes: page.booster });
  const fact = (term: string, value: Line): GuidePart['facts'][number] => ({ term: labelLine(term), value });
  return [
    fact(labels.factAge, page.ages ? yearsLine(page.ages) : labelLine(labels.adults)),
    fact(labels.factTime, [...labelLine(labels.minutes, { minutes: page.minutes }), ...booster]),
    fact(labels.factGroup, groupLine(page, labels)),
    fact(labels.factScreens, labelLine(page.screens === 'none' ? labels.screensNone : labels.screensOptional)),
    fact(labels.factPrint, labelLine(page.sheets > 0 ? labels.sheetsEach : labels.sheetsNone, { sheets: page.sheets })),
  ];
}

function setQuestions(questions: LessonPage['questions'], labels: SheetLabels): GuidePart['questions'] {
  return questions.map(({ number, stem, answers, explanation }) => ({
    number,
    stem,
    answers: answers.map(({ text, right }, index) => ({
      letter: wordsLine(labels.answerLetters.split(' ')[index] ?? ''),
      text,
      right: right ? labelLine(labels.rightAnswer) : [],
    })),
    explanation: setBlocks(explanation, labels),
  }));
}

function titled(
  title: string,
  blocks: readonly Block[],
  labels: SheetLabels,
): { title: Line; blocks: readonly SetBlock[] } {
  return { title: labelLine(title), blocks: setBlocks(blocks, labels) };
}

function setStep(step: LessonStep, labels: SheetLabels): GuidePart['steps'][number] {
  const { number, title, minutes, from, to, practice, body, evidence } = step;
  return {
    number,
    title,
    minutes,
    clock: labelLine(labels.clock, { from, to }),
    practice: practice ? labelLine(labels.practice) : [],
    body: setBlocks(body, labels),
    evidence:
      evidence.length > 0 ? [...labelLine(labels.evidence), ...wordsLine(': '), ...typedLine(evidence.join(', '))] : [],
  };
}

/** The teacher's guide to one lesson. */
export function guidePart(page: LessonPage, labels: SheetLabels): GuidePart {
  return {
    kind: 'guide',
    frame: frameOf(page, labels, lessonLine(page, labels), labelLine(labels.teacherGuide)),
    title: page.title,
    contents: null,
    lead: setBlocks(page.lead, labels),
    facts: factsRow(page, labels),
    warning: page.notForAssembly ? labelLine(labels.notForAssembly) : [],
    before: titled(labels.before, page.before, labels),
    objectives: titled(labels.objectives, page.objectives, labels),
    messages: titled(labels.messages, page.messages, labels),
    materials: titled(labels.materials, page.materials, labels),
    plan: {
      title: labelLine(labels.plan),
      head: [labelLine(labels.planStep), labelLine(labels.planMinutes), labelLine(labels.planClock)],
    },
    stepsTitle: labelLine(labels.steps),
    steps: page.steps.map((step) => setStep(step, labels)),
    questionsTitle: labelLine(labels.questions),
    questions: setQuestions(page.questions, labels),
    explanationTitle: labelLine(labels.explanation),
    laterTitle: labelLine(labels.later),
    laterLead: labelLine(labels.laterLead),
    later: setQuestions(page.later, labels),
    safeguarding: titled(labels.safeguarding, page.safeguarding, labels),
    evidence: {
      title: labelLine(labels.evidence),
      entries: page.evidence.map(({ id, citation }) => ({ id, text: wordsLine(citation) })),
    },
    help: helpBox(page, labels, true),
    school: {
      title: labelLine(labels.inOurSchool),
      name: labelLine(labels.schoolName),
      phone: labelLine(labels.schoolPhone),
    },
  };
}

/** `guide.pdf`: the teacher's guide alone. */
export function guideInput(page: LessonPage, labels: SheetLabels, paper: Paper = 'a4'): PdfInput {
  return { document: documentOf(page, page.title, labels, paper), parts: [guidePart(page, labels)] };
}

/** `pack.pdf`: the guide and every sheet in print order; each begins on the front of a leaf. */
export function packInput(page: LessonPage, labels: SheetLabels, paper: Paper = 'a4'): PdfInput {
  const guide: GuidePart = { ...guidePart(page, labels), contents: packContents(page, labels) };
  const sheets = page.sheetsToPrint.map((sheet) => sheetPart(page, sheet, labels));
  return { document: documentOf(page, page.title, labels, paper), parts: [guide, ...sheets] };
}
