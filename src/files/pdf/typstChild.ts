import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { yieldToReaders } from '../yieldToReaders.ts';
import { PdfError } from './pdfError.ts';
import type { TypstJob } from './typstJob.ts';

const worker = fileURLToPath(new URL('./typstWorker.ts', import.meta.url));

/** One child process that sets one document after the other. */
export type TypstChild = {
  /** How many documents it was given; the compiler's memory grows with each. */
  readonly given: () => number;
  readonly alive: () => boolean;
  readonly set: (job: TypstJob, timeoutMs: number) => Promise<Uint8Array>;
  readonly end: () => void;
};

type Waiting = { readonly resolve: (made: Uint8Array) => void; readonly reject: (error: Error) => void };
type Head = { readonly id: number; readonly bytes?: number; readonly error?: string };
type Answer = { readonly head: Head; readonly body: Uint8Array };

/** Cuts the child's output into answers: a line of JSON, then as many bytes as it says. */
function answers(onAnswer: (answer: Answer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let head: Head | null = null;
  return (chunk) => {
    chunks.push(chunk);
    for (;;) {
      let buffer = Buffer.concat(chunks);
      chunks = [buffer];
      if (!head) {
        const end = buffer.indexOf(10);
        if (end < 0) return;
        head = JSON.parse(buffer.subarray(0, end).toString('utf8')) as Head;
        buffer = buffer.subarray(end + 1);
        chunks = [buffer];
      }
      const length = head.bytes ?? 0;
      if (buffer.length < length) return;
      onAnswer({ head, body: new Uint8Array(buffer.subarray(0, length)) });
      chunks = [buffer.subarray(length)];
      head = null;
    }
  };
}

function startWorker(): ChildProcessByStdio<Writable, Readable, Readable> {
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=256', '--max-semi-space-size=1', '--no-warnings', worker],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Nothing of ours is for the typesetter to see; without a home it looks for no personal fonts.
      env: {
        HOME: '/nonexistent',
        // What one thread frees another takes again.
        MALLOC_ARENA_MAX: '1',
        XDG_DATA_HOME: '/nonexistent',
        ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
      },
    },
  );
  yieldToReaders(child.pid);
  return child;
}

export function startTypstChild(): TypstChild {
  const child = startWorker();
  let waiting: Waiting | null = null;
  let given = 0;
  let alive = true;
  let said = '';

  const settle = (act: (one: Waiting) => void): void => {
    const one = waiting;
    waiting = null;
    if (one) act(one);
  };
  const die = (error: PdfError): void => {
    alive = false;
    child.kill('SIGKILL');
    settle(({ reject }) => reject(error));
  };

  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2000);
  });
  const onAnswer = ({ head, body }: Answer): void => {
    if (head.error === undefined) settle(({ resolve }) => resolve(body));
    else settle(({ reject }) => reject(new PdfError('refused', head.error ?? '')));
  };
  const take = answers(onAnswer);
  child.stdout.on('data', (chunk: Buffer) => {
    try {
      take(chunk);
    } catch {
      die(new PdfError('workerDied', `unreadable answer ${said}`));
    }
  });
  child.on('error', (error) => die(new PdfError('workerDied', error.message)));
  child.on('close', () => die(new PdfError('workerDied', said)));
  child.stdin.on('error', () => {});

  return {
    given: () => given,
    alive: () => alive,
    end: () => {
      alive = false;
      child.stdin.end();
      settle(({ reject }) => {
        child.kill('SIGKILL');
        reject(new PdfError('closed', 'the builder was closed'));
      });
    },
    set: ({ form, content }, timeoutMs) => {
      given += 1;
      const clock = setTimeout(() => die(new PdfError('tookTooLong', `${timeoutMs} ms`)), timeoutMs);
      const done = new Promise<Uint8Array>((resolve, reject) => {
        waiting = { resolve, reject };
        if (!alive) die(new PdfError('workerDied', said));
        else child.stdin.write(`${JSON.stringify({ id: given, form, content })}\n`);
      });
      return done.finally(() => clearTimeout(clock));
    },
  };
}
