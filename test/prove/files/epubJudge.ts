import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Zippable, zipSync } from 'fflate';
import { z } from 'zod';
import { textIn, type Unpacked } from '../../formats/bundle/unpacked.ts';
import { type Check, check, type Ground, type Judge, type PublishedFile, verdictOn } from './judge.ts';
import { faultless, filesIn, headingFaults, helplineFaults, lessonsIn, strangeNumbers } from './packageContents.ts';
import { eachAtOnce } from './tools.ts';

/** Debian installs it under the name of a command, but the file is a jar. */
const jar = '/usr/bin/epubcheck';

const report = z.object({
  messages: z.array(
    z.object({
      ID: z.string(),
      severity: z.string(),
      message: z.string(),
      locations: z.array(z.object({ path: z.string().nullish(), line: z.number().nullish() })).nullish(),
    }),
  ),
  checker: z.object({ nFatal: z.int(), nError: z.int(), nWarning: z.int(), checkerVersion: z.string() }),
});
type Report = z.infer<typeof report>;

/** What epubcheck says of a book. It ends with 1 where it found something, and says it all the same. */
async function epubcheck(path: string): Promise<Report> {
  // A start is most of the work: the quick compiler and the small collector halve it.
  const words = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar, '--quiet', '--json', '-', path];
  const { stdout } = await promisify(execFile)('java', words, { maxBuffer: 2 ** 26 }).catch((problem: unknown) => {
    const { stdout: said = '' } = problem as { stdout?: string };
    if (!said.includes('"messages"')) throw problem;
    return { stdout: said };
  });
  return report.parse(JSON.parse(stdout.slice(stdout.indexOf('{'))));
}

const faultsOf = ({ messages }: Report): readonly string[] =>
  messages.map(({ ID, severity, message, locations }) => {
    const [place] = locations ?? [];
    return `${severity} ${ID} ${place?.path ?? ''}:${place?.line ?? ''} ${message}`;
  });

/** The book again, with its first chapter left open: epubcheck has to say so, or its silence means nothing. */
function broken(ground: Ground, file: PublishedFile): string {
  const files = filesIn(file);
  const chapter = [...files.keys()].find((path) => path.endsWith('/guide.xhtml'));
  if (chapter === undefined) throw new Error(`${file.address} has no chapter that can be broken`);
  const open = Buffer.from(textIn(files, chapter).replace('</body>', ''));
  const entries: Zippable = {};
  for (const [path, bytes] of files) {
    entries[path] = [path === chapter ? open : bytes, { level: path === 'mimetype' ? 0 : 6 }];
  }
  const path = join(ground.workFolder, `broken-${file.edition}.epub`);
  writeFileSync(path, zipSync(entries));
  return path;
}

/** Where the chapters of a lesson say whom to call. */
const helpBox = '<section class="help"';

function contentChecks(ground: Ground, file: PublishedFile, files: Unpacked): readonly Check[] {
  const lessons = lessonsIn(ground, file);
  const headings: string[] = [];
  const numbers: string[] = [];
  let chapters = 0;
  for (const lesson of lessons) {
    const folder = `book/${lesson.lesson}/`;
    headings.push(...headingFaults(folder, textIn(files, `${folder}guide.xhtml`), lesson));
    for (const path of files.keys()) {
      if (!path.startsWith(folder)) continue;
      chapters++;
      const chapter = textIn(files, path);
      const wanted = path.endsWith('/guide.xhtml') ? 'all' : 'toCall';
      numbers.push(
        ...strangeNumbers(path, chapter, [lesson]),
        ...helplineFaults(path, chapter, lesson, helpBox, wanted),
      );
    }
  }
  const steps = lessons.flatMap((lesson) => lesson.steps).length;
  return [
    faultless('the title and every step heading, in order', headings, `${lessons.length} titles, ${steps} steps`),
    faultless('every chapter has the numbers to call, in order, and no other', numbers, `${chapters} chapters`),
  ];
}

/** Books: epubcheck, and what their chapters say. */
export const epubJudge: Judge = {
  name: 'books',
  async judge(ground, say) {
    const books = ground.files.filter(({ format }) => format === 'epub');
    let done = 0;
    return eachAtOnce(books, 2, async (file) => {
      const said = await epubcheck(file.path);
      const { nFatal, nError, nWarning, checkerVersion } = said.checker;
      const found = `${nFatal + nError} errors, ${nWarning} warnings by epubcheck ${checkerVersion}`;
      const whole = file.kind === 'wholeBook';
      const again = whole ? await epubcheck(broken(ground, file)) : null;
      say(`${++done} of ${books.length} books`);
      return verdictOn(file, [
        faultless('epubcheck: no error, no warning', faultsOf(said), found),
        ...contentChecks(ground, file, filesIn(file)),
        ...(again === null
          ? []
          : [
              check(
                'epubcheck finds a chapter that is left open',
                again.checker.nFatal + again.checker.nError > 0,
                faultsOf(again)[0] ?? 'nothing',
              ),
            ]),
      ]);
    });
  },
};
