import type { Paper } from '../files/lessonFile.ts';
import type { Imprint, LessonPage } from '../page/lessonPage.ts';
import type { Frame, PdfInput } from './pdfInput.ts';
import { qrRows } from './qrModules.ts';
import { qrSvg } from './qrSvg.ts';
import { type Line, labelLine, pageValues, type SheetLabels, typedLine, wordsLine } from './sheetLabels.ts';

const arabicScript = ['ar', 'fa', 'ur', 'ckb', 'ps', 'sd', 'ug'];

/** A day in words. One set of figures on a sheet: those of phones and codes. */
export function dayInWords(day: string, imprint: Imprint): string {
  const locale = `${languageOf(imprint)}-${countryOf(imprint)}-u-ca-gregory-nu-latn`;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

const languageOf = (imprint: Imprint): string => imprint.language.split('-')[0] ?? 'en';
const countryOf = (imprint: Imprint): string => imprint.country.split('-')[0] ?? '';

function named(imprint: Imprint, type: 'region' | 'language', code: string): string {
  return new Intl.DisplayNames(languageOf(imprint), { type, fallback: 'code' }).of(code) ?? code;
}

/** The name of an edition's country in its own language. */
export const countryName = (imprint: Imprint): string => named(imprint, 'region', countryOf(imprint));

/** `10–12`, as one number that stays left to right. */
export function yearsLine([from, to]: readonly [number, number]): Line {
  return typedLine(from === to ? from : `${from}–${to}`);
}

/** `ages 10–12`, or that it is for adults. */
export function agesLine(page: LessonPage, labels: SheetLabels): Line {
  if (!page.ages) return labelLine(labels.adults);
  return labelLine(labels.ages, { ages: yearsLine(page.ages) });
}

function imprintLines(page: LessonPage, labels: SheetLabels): readonly Line[] {
  const { imprint, help } = page;
  const place = labelLine(labels.place, {
    country: wordsLine(countryName(imprint)),
    language: wordsLine(named(imprint, 'language', languageOf(imprint))),
    tag: typedLine(imprint.edition),
  });
  const edition = imprint.lessonEdition;
  const check = help.checkedOn
    ? labelLine(labels.checkedOn, { date: wordsLine(dayInWords(help.checkedOn, imprint)) })
    : labelLine(labels.notChecked);
  const numbered = edition
    ? labelLine(labels.lessonEdition, { number: edition.number, date: wordsLine(dayInWords(edition.on, imprint)) })
    : [];
  const release = labelLine(labels.release, { release: typedLine(imprint.release) });
  return [place, [...numbered, ...(edition ? wordsLine('. ') : []), ...release], check];
}

/** What stands on every page of a part. `start` and `end` are the two ends of the running line. */
export function frameOf(page: LessonPage, labels: SheetLabels, start: Line, end: Line): Frame {
  const { imprint } = page;
  const lines = imprintLines(page, labels);
  const code = imprint.draft ? '' : (imprint.code ?? '');
  const url = imprint.draft ? null : imprint.verifyUrl;
  const how = imprint.verifyLabel
    ? labelLine(labels.scanOrType, {
        address: [{ kind: 'strong', children: [{ kind: 'number', text: imprint.verifyLabel }] }],
      })
    : labelLine(labels.codeOnly);
  return {
    runningStart: start,
    runningEnd: end,
    notices: [
      ...(imprint.draft ? [labelLine(labels.draftNotice)] : []),
      ...(imprint.demonstration ? [labelLine(labels.demonstrationNotice)] : []),
    ],
    stamp: imprint.draft ? labels.draftStamp : '',
    imprint: {
      question: code ? labelLine(labels.stillCurrent) : [],
      how: code ? how : [],
      code,
      qr: url ? squareOf(url, labels.qrAlt.replace('{{code}}', code)) : null,
      lines,
      short: lines.slice(0, 2).flatMap((line, index) => (index === 0 ? line : [...wordsLine('. '), ...line])),
      page: [...typedLine(imprint.licence), ...wordsLine(labels.comma), ...labelLine(labels.pageOf, pageValues)],
    },
  };
}

/** The properties of the file. The day of the lesson edition is its only date, so that the same input is the same file. */
export function documentOf(
  page: LessonPage,
  title: string,
  labels: SheetLabels,
  paper: Paper = 'a4',
): PdfInput['document'] {
  const { imprint } = page;
  const language = languageOf(imprint);
  const [year = 0, month = 0, day = 0] = imprint.lessonEdition?.on.split('-').map(Number) ?? [];
  const notices = [
    ...(imprint.draft ? [labels.draftNotice] : []),
    ...(imprint.demonstration ? [labels.demonstrationNotice] : []),
  ];
  return {
    title: `${page.lesson}: ${title}`,
    description: notices.join(' '),
    language,
    region: countryOf(imprint),
    direction: imprint.direction,
    script: arabicScript.includes(language) ? 'arabic' : 'latin',
    missing: labels.missingFact,
    paper: paper === 'letter' ? 'us-letter' : 'a4',
    date: imprint.lessonEdition ? [year, month, day] : null,
  };
}

const squareOf = (url: string, alt: string): NonNullable<Frame['imprint']['qr']> => ({
  svg: qrSvg(url),
  rows: qrRows(url),
  small: qrRows(url, true),
  alt,
});
