import type { Progress } from '../database.ts';

/** How often a line is written where there is no terminal, in milliseconds. */
const plainEvery = 3000;
const movingEvery = 100;

export type ProgressLine = {
  readonly show: (progress: Progress) => void;
  /** Ends the line, and leaves the terminal clean for what is said next. */
  readonly end: () => void;
};

/** Where lines go: a terminal, or a file. */
export type ProgressTarget = {
  readonly isTTY?: boolean;
  write(text: string): unknown;
};

/**
 * One moving line on a terminal; a plain line at each new step and every few seconds where output goes to a file. A step
 * that tells nothing for long is told by its seconds.
 */
export function createProgress(out: ProgressTarget = process.stderr, now: () => number = Date.now): ProgressLine {
  const isTerminal = out.isTTY === true;
  const every = isTerminal ? movingEvery : plainEvery;
  let step: { readonly progress: Progress; readonly since: number } | null = null;
  let writtenAt = Number.NEGATIVE_INFINITY;
  const write = () => {
    if (step === null) return;
    writtenAt = now();
    const line = textOf(step.progress, Math.floor((writtenAt - step.since) / 1000));
    out.write(isTerminal ? `\r${line}\u001b[K` : `${line}\n`);
  };
  const timer = setInterval(() => {
    if (now() - writtenAt >= every) write();
  }, every);
  timer.unref();
  return {
    show: (progress) => {
      const isNew = progress.step !== step?.progress.step;
      step = { progress, since: isNew || step === null ? now() : step.since };
      if (isNew || now() - writtenAt >= every) write();
    },
    end: () => {
      clearInterval(timer);
      if (isTerminal && step !== null) out.write('\r\u001b[K');
      step = null;
    },
  };
}

function textOf({ step, done, of }: Progress, seconds: number): string {
  const time = seconds === 0 ? '' : `, ${seconds} s`;
  if (of === 0) return `${step} …${time}`;
  return `${step}: ${done} of ${of} (${Math.floor((100 * done) / of)} %)${time}`;
}
