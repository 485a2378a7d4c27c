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
  /** Characters of input from which a document is heavy: setting it takes three times the memory of others. */
  readonly heavyFrom?: number;
  /** How long a child without work stays. */
  readonly idleMs?: number;
  /** Starts a child process; a typesetter, unless somebody wants to see what is given to it and when. */
  readonly startChild?: () => TypstChild;
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
  readonly heavy: boolean;
  readonly resolve: (made: Uint8Array) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Sets PDFs and the words of drawings in child processes, first come, first served; but heavy documents one at a time, and
 * the child that set them is replaced before it sets others: what it held stays with it.
 */
export function createPdfBuilder(options: PdfBuilderOptions): PdfBuilder {
  const { workers, timeoutMs = 30_000, documentsEach = 25, heavyFrom = 50_000, idleMs = 300 } = options;
  const { startChild = startTypstChild } = options;
  const queue: Job[] = [];
  const idle: TypstChild[] = [];
  const grown = new WeakSet<TypstChild>();
  const busy = new Map<TypstChild, Job>();
  let closed = false;
  let idleClock: NodeJS.Timeout | undefined;

  const endIdle = (which: (child: TypstChild) => boolean = () => true): void => {
    for (const child of idle.splice(0)) {
      if (which(child)) child.end();
      else idle.push(child);
    }
  };
  const idleChild = (heavy: boolean): TypstChild => {
    if (!heavy) endIdle((child) => grown.has(child));
    for (let child = idle.pop(); child; child = idle.pop()) if (child.alive()) return child;
    return startChild();
  };

  const run = async (job: Job): Promise<void> => {
    const child = idleChild(job.heavy);
    if (job.heavy) grown.add(child);
    busy.set(child, job);
    await child.set(job, timeoutMs).then(job.resolve, job.reject);
    busy.delete(child);
    if (closed || !child.alive() || child.given() >= documentsEach) child.end();
    else idle.push(child);
    serve();
  };

  const nextPlace = (): number => {
    const heavyNow = [...busy.values()].some(({ heavy }) => heavy);
    return queue.findIndex(({ heavy }) => !(heavy && heavyNow));
  };

  const serve = (): void => {
    clearTimeout(idleClock);
    while (busy.size < workers) {
      const place = nextPlace();
      const [job] = place < 0 ? [] : queue.splice(place, 1);
      if (job === undefined) break;
      void run(job);
    }
    if (busy.size === 0) idleClock = setTimeout(() => endIdle(), idleMs);
  };

  const made = (form: TypstForm, input: PdfInput | LettersInput): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new PdfError('closed', 'the builder was closed'));
      const content = JSON.stringify(input);
      queue.push({ form, content, heavy: content.length >= heavyFrom, resolve, reject });
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
      for (const child of busy.keys()) child.end();
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
