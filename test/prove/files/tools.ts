import { execFile } from 'node:child_process';

export type Run = { readonly code: number; readonly out: string; readonly err: string };

/** Runs a program to its end; a program that fails or takes longer than `seconds` is told by its code, not thrown. */
export function runTool(program: string, words: readonly string[], seconds = 120): Promise<Run> {
  return new Promise((done) => {
    const options = { maxBuffer: 2 ** 28, timeout: seconds * 1000, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
    execFile(program, [...words], options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, out, err: error !== null && err === '' ? error.message : err });
    });
  });
}

/** Debian packages by the program that proves whether they are there. */
const packages = {
  qpdf: 'qpdf',
  pdftotext: 'poppler-utils',
  soffice: 'libreoffice-writer and libreoffice-impress',
  epubcheck: 'epubcheck',
  java: 'default-jre-headless',
};

/** The Debian packages that are missing for papers, office files, books and pages. */
export async function missingPackages(): Promise<readonly string[]> {
  const asked = Object.entries(packages).map(async ([program, name]) => {
    const { code } = await runTool('sh', ['-c', `command -v ${program}`]);
    return code === 0 ? [] : [name];
  });
  return (await Promise.all(asked)).flat();
}

/** Does something with each, so many at once; the answers are in the order of what was given. */
export async function eachAtOnce<One, Answer>(
  all: readonly One[],
  atOnce: number,
  work: (one: One) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < all.length) {
      const place = next++;
      const one = all[place];
      if (one !== undefined) answers[place] = await work(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

/** Says after every so many how far it is. */
export function counting(of: number, every: number, say: (progress: string) => void): () => void {
  let done = 0;
  return () => {
    done++;
    if (done % every === 0 || done === of) say(`${done} of ${of}`);
  };
}
