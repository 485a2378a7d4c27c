import { readdirSync, readFileSync } from 'node:fs';

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It ended between two looks.
    return '';
  }
};

/** A process and everything that it started, by what the kernel says. */
export function processTree(pid: number): readonly number[] {
  let tasks: readonly string[] = [];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  const children = tasks.flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`)
      .split(' ')
      .filter((each) => each !== '')
      .map(Number),
  );
  return [pid, ...children.flatMap(processTree)];
}

const kilobytes = (text: string, name: string): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0);

export type Megabytes = {
  /** Everything that the processes hold, what they share counted once. */
  readonly held: number;
  /** What one sees who adds up the resident sizes: shared pages counted in each. */
  readonly resident: number;
  readonly main: number;
  readonly processes: number;
};

/** What a process and its children hold at this moment. */
export function memoryOf(pid: number): Megabytes {
  const rows = processTree(pid).map((each) => {
    const rollup = read(`/proc/${each}/smaps_rollup`);
    return { pid: each, held: kilobytes(rollup, 'Pss'), resident: kilobytes(rollup, 'Rss') };
  });
  const sum = (pick: (row: (typeof rows)[number]) => number): number =>
    Math.round(rows.reduce((total, row) => total + pick(row), 0) / 1024);
  return {
    held: sum((row) => row.held),
    resident: sum((row) => row.resident),
    main: Math.round((rows[0]?.held ?? 0) / 1024),
    processes: rows.length,
  };
}

/** The most that a process ever held at once by itself, in megabytes. */
export const mostResident = (pid: number): number => Math.round(kilobytes(read(`/proc/${pid}/status`), 'VmHWM') / 1024);

/**
 * What a process and everything that it started have used of the processors, those that have ended included. Divided by
 * the number of processors, it is the shortest time that the work can take, whoever else is at work.
 */
export function processorSecondsOf(pid: number): number {
  const ticks = processTree(pid).map((each) => {
    // Behind the name, which may hold anything; then from the state on.
    const fields = read(`/proc/${each}/stat`).split(') ').at(-1)?.split(' ') ?? [];
    return [11, 12, 13, 14].reduce((sum, place) => sum + Number(fields[place] ?? 0), 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / 100;
}
