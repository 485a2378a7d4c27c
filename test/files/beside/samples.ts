/** What beside.test.ts calls in the other process. */
export const doubled = (values: ReadonlyMap<string, number>, bytes: Uint8Array): Uint8Array =>
  Uint8Array.from([...bytes, ...values.values()].map((value) => value * 2));

export const refuse = (): never => {
  throw new Error('no glyph for this');
};

export async function sleep(milliseconds: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return 'slept';
}

/** Keeps its process busy as a large file does. */
export function busy(milliseconds: number): string {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
  return 'busy';
}

export const end = (): never => process.exit(3);

export function fill(): number {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, place) => place + kept.length));
}

export const pid = (): number => process.pid;
