import type { Progress } from '../database.ts';

/** How often a line is written where there is no terminal, in milliseconds. */
const plainEvery = 3000;
const movingEvery = 100;

export type ProgressLine = {
  readonly show: (progress: Progress) => void;
  /** Leaves the terminal clean for what is said next. */
  readonly end: () => void;
};

/** One moving line on a terminal; a plain line every few seconds, and at each new step, where output goes to a file. */
export function createProgress(out: NodeJS.WriteStream = process.stderr, now = Date.now): ProgressLine {
  let last = { step: '', at: Number.NEGATIVE_INFINITY };
  let moving = false;
  return {
    show: (progress) => {
      const isNew = progress.step !== last.step;
      if (!isNew && now() - last.at < (out.isTTY ? movingEvery : plainEvery)) return;
      last = { step: progress.step, at: now() };
      const line = textOf(progress);
      out.write(out.isTTY ? `\r${line}\u001b[K` : `${line}\n`);
      moving = out.isTTY;
    },
    end: () => {
      if (moving) out.write('\r\u001b[K');
      moving = false;
    },
  };
}

function textOf({ step, done, of }: Progress): string {
  if (of === 0) return `${step} …`;
  return `${step}: ${done} of ${of} (${Math.floor((100 * done) / of)} %)`;
}
