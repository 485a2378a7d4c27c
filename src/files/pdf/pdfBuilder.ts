import type { LettersInput } from '../../formats/typst/lettersInput.ts';
import type { PdfInput } from '../../formats/typst/pdfInput.ts';
import { PdfError } from './pdfError.ts';
import { startTypstChild, type TypstChild } from './typstChild.ts';
import type { TypstForm, TypstJob } from './typstJob.ts';

export type PdfBuilderOptions = {
  /** Child processes at once; they start when there is work. */
  readonly workers: number;
  readonly timeoutMs?: number;
  /** Documents after which a child is replaced, because its memory grows. */
  readonly documentsEach?: number;
  /** How long a child without work stays. */
  readonly idleMs?: number;
};

export type PdfBuilder = {
  /** The same input gives the same bytes. Rejects with a `PdfError`. */
  readonly build: (input: PdfInput) => Promise<Uint8Array>;
  /** The words of a drawing as an SVG of its size, its letters as outlines: no font is needed to show it. As `build`. */
  readonly letters: (input: LettersInput) => Promise<string>;
  /** Ends the children; what waits is rejected. */
  readonly close: () => void;
};

type Job = TypstJob & {
  readonly resolve: (made: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
};

/** Sets PDFs and the words of drawings in child processes, first come, first served. */
export function createPdfBuilder(options: PdfBuilderOptions): PdfBuilder {
  const { workers, timeoutMs = 30_000, documentsEach = 25, idleMs = 5_000 } = options;
  const queue: Job[] = [];
  const idle: TypstChild[] = [];
  const busy = new Set<TypstChild>();
  let closed = false;
  let idleClock: NodeJS.Timeout | undefined;

  const endIdle = (): void => {
    for (const child of idle.splice(0)) child.end();
  };
  const idleChild = (): TypstChild => {
    for (let child = idle.pop(); child; child = idle.pop()) if (child.alive()) return child;
    return startTypstChild();
  };

  const run = async (job: Job): Promise<void> => {
    const child = idleChild();
    busy.add(child);
    await child.set(job, timeoutMs).then(job.resolve, job.reject);
    busy.delete(child);
    if (closed || !child.alive() || child.given() >= documentsEach) child.end();
    else idle.push(child);
    serve();
  };

  const serve = (): void => {
    clearTimeout(idleClock);
    while (queue.length > 0 && busy.size < workers) {
      const job = queue.shift();
      if (job) void run(job);
    }
    if (busy.size === 0) idleClock = setTimeout(endIdle, idleMs);
  };

  const made = (form: TypstForm, input: PdfInput | LettersInput): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new PdfError('closed', 'the builder was closed'));
      queue.push({ form, content: JSON.stringify(input), resolve, reject });
      serve();
    });

  return {
    build: (input) => made('pdf', input),
    letters: async (input) => Buffer.from(await made('letters', input)).toString('utf8'),
    close: () => {
      closed = true;
      clearTimeout(idleClock);
      for (const job of queue.splice(0)) job.reject(new PdfError('closed', 'the builder was closed'));
      endIdle();
      for (const child of busy) child.end();
    },
  };
}

/** One PDF in a process of its own. */
export async function buildPdf(input: PdfInput): Promise<Uint8Array> {
  const builder = createPdfBuilder({ workers: 1 });
  try {
    return await builder.build(input);
  } finally {
    builder.close();
  }
}
