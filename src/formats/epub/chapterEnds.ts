import type { Frame, HelpBox, SetHelp } from '../typst/pdfInput.ts';
import { typedLine, wordsLine } from '../typst/sheetLabels.ts';
import type { ChapterSetting } from './bookSetting.ts';
import { attribute, element, lineXhtml, link } from './xhtml.ts';

/** What a chapter begins with: which lesson, for whom, and the notices of a draft or a demonstration. */
export function chapterHead(frame: Frame, { labels }: ChapterSetting): string {
  const running = [...frame.runningStart, ...wordsLine(' · '), ...frame.runningEnd];
  const notices = frame.notices.map((notice) => element('p', lineXhtml(notice, labels), attribute('class', 'notice')));
  return element('p', lineXhtml(running, labels), attribute('class', 'running')) + notices.join('');
}

function call(it: SetHelp, { labels }: ChapterSetting): string {
  const number = element('dd', link(it.link, lineXhtml(it.call, labels)), attribute('class', 'call'));
  return element('dt', lineXhtml(it.label, labels)) + number + element('dd', lineXhtml(it.note, labels));
}

/** Numbers to call, and the day on which they were checked. */
export function helpXhtml(help: HelpBox, setting: ChapterSetting): string {
  const { labels } = setting;
  const notices = help.notices.map((notice) => element('p', lineXhtml(notice, labels), attribute('class', 'notice')));
  const calls = element('dl', [...help.main, ...help.more].map((it) => call(it, setting)).join(''));
  const title = element('h2', lineXhtml(help.title, labels));
  const check = element('p', lineXhtml(help.check, labels), attribute('class', 'small'));
  return `<section class="help" role="doc-notice">\n${title}${calls}${notices.join('')}${check}</section>\n`;
}

/** Where the chapter comes from, and how to find out whether it is still current. */
export function imprintXhtml(frame: Frame, verifyUrl: string | null, { labels, qrPath }: ChapterSetting): string {
  const { question, how, code, qr, lines } = frame.imprint;
  const shownCode = lineXhtml(typedLine(code), labels);
  const asked = element(
    'p',
    `${element('strong', lineXhtml(question, labels)).trim()} ${lineXhtml(how, labels)}`.trim(),
  );
  const codeLine = element(
    'p',
    verifyUrl === null ? shownCode : link(verifyUrl, shownCode),
    attribute('class', 'code'),
  );
  const picture =
    qr === null || qrPath === ''
      ? ''
      : `<p class="qr"><img${attribute('src', qrPath)}${attribute('alt', qr.alt)}/></p>\n`;
  const origin = lines.map((line) => element('p', lineXhtml(line, labels))).join('');
  return `<footer>\n${code === '' ? '' : asked + codeLine + picture}${origin}`;
}
