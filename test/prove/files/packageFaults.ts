import { linkFaults, manifestFaults, textIn, type Unpacked, xmlElements } from '../../formats/bundle/unpacked.ts';
import type { ExpectedLesson } from './judge.ts';
import { headingFaults, helplineFaults, malformed, strangeNumbers } from './packageContents.ts';
import { helpBox, pageOf } from './scormJudge.ts';

/** Another digit in the first number of the box: 0800 1111 becomes 0800 1112, in what is shown and in what is dialled. */
const wrongDigit = (html: string): string =>
  html.replace(
    /(id="help-title"[\s\S]*?href="tel:\d*)(\d)("><bdi dir="ltr">[^<]*)(\d)</,
    (_, before, dialled, between, shown) =>
      [before, (Number(dialled) + 1) % 10, between, (Number(shown) + 1) % 10, '<'].join(''),
  );

/** Faults put into a copy of a package that the judge's own readers do not find; there should be none. */
export function unseenFaults(files: Unpacked, lesson: ExpectedLesson, leave: RegExp): readonly string[] {
  const page = pageOf(lesson);
  const html = textIn(files, page);
  const manifest = textIn(files, 'imsmanifest.xml');
  const without = new Map([...files].filter(([path]) => path !== page));
  const linked = new Map([...files, [page, Buffer.from(html.replace('<main', '<a href="nowhere.pdf">x</a><main'))]]);
  const stranger = wrongDigit(html);
  const lost = html.replace(/id="help-title"[\s\S]*?<\/li>/, 'id="help-title"');
  const [step = ''] = lesson.steps;
  const found: Readonly<Record<string, readonly string[]>> = {
    'a tag left open': malformed('imsmanifest.xml', manifest.replace('</resources>', '')),
    'a file that is gone': manifestFaults(without, xmlElements(manifest)),
    'a link to nowhere': linkFaults(linked, leave),
    'a wrong digit': strangeNumbers(page, stranger, [lesson]),
    'a wrong digit in the box': helplineFaults(page, stranger, lesson, helpBox, 'all'),
    'a helpline that is missing': helplineFaults(page, lost, lesson, helpBox, 'all'),
    'a step that is missing': headingFaults(page, html.replaceAll(step, ''), lesson),
  };
  return Object.entries(found).flatMap(([what, faults]) => (faults.length > 0 ? [] : [what]));
}

/** How many of them there are. */
export const faultsPutIn = 7;
