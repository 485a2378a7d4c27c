import type { LessonPage, LessonSheet } from '../page/lessonPage.ts';
import { plainText } from '../page/plainText.ts';
import { guidePart } from '../typst/guideInput.ts';
import type { Frame, GuidePart, HelpBox, SetBlock } from '../typst/pdfInput.ts';
import { helpBox } from '../typst/setBlocks.ts';
import { sheetPart } from '../typst/sheetInput.ts';
import { type Line, labelLine, typedLine, wordsLine } from '../typst/sheetLabels.ts';
import { blocksXhtml } from './blocksXhtml.ts';
import type { Chapter, ChapterSetting } from './bookSetting.ts';
import { chapterHead, helpXhtml, imprintXhtml } from './chapterEnds.ts';
import { attribute, element, lineXhtml, text } from './xhtml.ts';

const numbered = (number: number, title: Line): Line => [...typedLine(number), ...wordsLine(' '), ...title];

/** The words of the page around its parts: head, title, help, imprint. */
function around(
  page: LessonPage,
  frame: Frame,
  title: string,
  body: string,
  help: HelpBox,
  setting: ChapterSetting,
): string {
  const licence = element('p', lineXhtml(typedLine(page.imprint.licence), setting.labels));
  const imprint = imprintXhtml(frame, page.imprint.draft ? null : page.imprint.verifyUrl, setting);
  return `${chapterHead(frame, setting)}<h1>${text(title)}</h1>\n${body}${helpXhtml(help, setting)}${imprint}${licence}</footer>\n`;
}

/** The teacher's guide to a lesson. */
export function guideChapter(page: LessonPage, setting: ChapterSetting): Chapter {
  const { labels } = setting;
  const part = guidePart(page, labels);
  const line = (words: Line): string => lineXhtml(words, labels);
  const titled = ({ title, blocks }: { title: Line; blocks: readonly SetBlock[] }, marks?: string): string =>
    blocks.length === 0
      ? ''
      : `<section>\n${element('h2', line(title))}${blocksXhtml(blocks, setting, 3, marks)}</section>\n`;
  const section = (title: Line, inner: string): string =>
    inner === '' ? '' : `<section>\n${element('h2', line(title))}${inner}</section>\n`;
  const facts = part.facts.map(
    ({ term, value }) => `<div>${element('dt', line(term))}${element('dd', line(value))}</div>\n`,
  );
  const steps = part.steps.map((step) => {
    const clock = [...labelLine(labels.minutes, { minutes: step.minutes }), ...wordsLine(' · '), ...step.clock];
    const practice = element('p', element('strong', line(step.practice)).trim());
    return (
      `<section${attribute('id', `step-${step.number}`)}${step.practice.length > 0 ? attribute('class', 'practice') : ''}>\n` +
      element('h3', line(numbered(step.number, step.title))) +
      element('p', line(clock), attribute('class', 'small')) +
      `${practice}${blocksXhtml(step.body, setting, 4)}${element('p', line(step.evidence), attribute('class', 'small'))}</section>\n`
    );
  });
  const later = part.later.length === 0 ? '' : element('p', line(part.laterLead)) + questions(part.later, setting);
  const evidence = part.evidence.entries
    .map(({ id, text: cited }) => element('p', `<strong>${line(typedLine(id))}</strong> ${line(cited)}`))
    .join('');
  const body =
    element('div', blocksXhtml(part.lead, setting, 2), attribute('class', 'lead')) +
    element('dl', facts.join(''), attribute('class', 'facts')) +
    element('p', line(part.warning), attribute('class', 'notice')) +
    titled(part.before, 'boxes') +
    titled(part.objectives) +
    titled(part.messages) +
    titled(part.materials) +
    section(part.plan.title, plan(part, setting)) +
    section(part.stepsTitle, steps.join('')) +
    section(part.questionsTitle, questions(part.questions, setting)) +
    section(part.laterTitle, later) +
    titled(part.safeguarding) +
    section(part.evidence.title, element('div', evidence, ' class="small" lang="en" xml:lang="en" dir="ltr"'));
  return {
    path: `${page.lesson}/guide.xhtml`,
    title: part.title,
    body: around(page, part.frame, part.title, body, part.help, setting),
    places: page.steps.map(({ number, title }) => ({ id: `step-${number}`, title: `${number} ${plainText([title])}` })),
  };
}

function plan(part: GuidePart, { labels }: ChapterSetting): string {
  if (part.steps.length === 0) return '';
  const head = part.plan.head.map((line) => element('th', lineXhtml(line, labels), ' scope="col"')).join('');
  const rows = part.steps.map(({ number, title, minutes, clock }) => {
    const cells = [typedLine(minutes), clock].map((line) => element('td', lineXhtml(line, labels))).join('');
    return element('tr', element('th', lineXhtml(numbered(number, title), labels), ' scope="row"') + cells);
  });
  return `<table>\n<thead>${element('tr', head)}</thead>\n<tbody>${rows.join('')}</tbody>\n</table>\n`;
}

function questions(all: GuidePart['questions'], setting: ChapterSetting): string {
  const line = (words: Line): string => lineXhtml(words, setting.labels);
  return all
    .map(({ number, stem, answers, explanation }) => {
      const asked = stem.map((words, index) =>
        element('p', element('strong', line(index === 0 ? numbered(number, words) : words)).trim()),
      );
      const given = answers.map(({ letter, text: words, right }) => {
        const said = line([...letter, ...wordsLine(') '), ...words]);
        return element('li', right.length === 0 ? said : `<strong>${said} (${line(right)})</strong>`);
      });
      const list = element('ul', given.join(''), attribute('class', 'answers'));
      return `<div class="question">\n${asked.join('')}${list}${blocksXhtml(explanation, setting, 3)}</div>\n`;
    })
    .join('');
}

/** One sheet of a lesson. The keys of the questions are in no sheet. */
export function sheetChapter(page: LessonPage, sheet: LessonSheet, setting: ChapterSetting): Chapter {
  const { labels } = setting;
  const part = sheetPart(page, sheet, labels);
  const section = (title: Line, body: readonly SetBlock[], name: string): string =>
    `<section${attribute('class', name)}>\n${element('h2', lineXhtml(title, labels))}${blocksXhtml(body, setting, 3)}</section>\n`;
  const body =
    blocksXhtml(part.intro, setting, 2) +
    part.steps.map(({ number, title, body }) => section(numbered(number, title), body, 'step')).join('') +
    blocksXhtml(part.rest, setting, 2) +
    part.cards.map(({ title, body }) => section(title, body, 'card')).join('');
  return {
    path: `${page.lesson}/sheet-${sheet.name}.xhtml`,
    title: part.title,
    body: around(page, part.frame, part.title, body, part.help ?? helpBox(page, labels, false), setting),
    places: [],
  };
}
