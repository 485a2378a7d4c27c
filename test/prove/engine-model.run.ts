import { join } from 'node:path';
import { startChild } from './child.ts';
import { createEvidence, numberOption } from './evidence.ts';

/** Random sequences of commands: the embedded engine through the official driver against a model in memory. */
const runs = numberOption('runs', 10_000);
const seed = numberOption('seed', 20261124);
const workers = Math.max(1, numberOption('workers', 2));
/** So many sequences have one seed, and can be repeated by it. */
const blockSize = 250;

type Counts = {
  readonly commands: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
  readonly restarts: number;
};
type Told = { readonly ran: number; readonly difference: string | null; readonly counts: Counts };

const blocks = Array.from({ length: Math.ceil(runs / blockSize) }, (_, at) => ({
  seed: seed + at,
  runs: Math.min(blockSize, runs - at * blockSize),
}));
const evidence = createEvidence('engine-model');
const violations: string[] = [];
let sequences = 0;

/** Takes blocks until none is left; what its engine was sent and said in all. */
async function work(): Promise<Counts> {
  const child = startChild(join(import.meta.dirname, 'engineModelChild.ts'));
  let counts: Counts = { commands: {}, errors: {}, restarts: 0 };
  try {
    await child.hear('ready');
    for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
      child.tell(block);
      const told = (await child.hear(`block ${block.seed}`)).data as Told;
      counts = told.counts;
      sequences += told.ran;
      console.log(`${sequences} of ${runs} sequences`);
      if (told.difference === null) continue;
      violations.push(told.difference);
      console.log(`DIFFERENCE\n${told.difference}`);
    }
    child.tell('end');
    await child.ended;
  } catch (error) {
    violations.push(String(error));
    child.kill();
  }
  return counts;
}

function total(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of all.flatMap((each) => Object.entries(each)))
    sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries([...sums].sort(([, one], [, other]) => other - one));
}

const all = await Promise.all(Array.from({ length: workers }, work));
const commands = total(all.map((each) => each.commands));
const errors = total(all.map((each) => each.errors));
const restarts = all.reduce((sum, each) => sum + each.restarts, 0);
if (violations.length === 0 && sequences < runs) violations.push(`${sequences} of ${runs} sequences ran`);
for (const code of ['11000', '112', '171', '251', '28', '14', '2', '9', '40', '54', '66'])
  if (runs >= 1000 && !(code in errors)) violations.push(`error ${code} never came up`);
console.table(commands);
console.log(`${sequences} sequences, ${restarts} starts in the middle, ${violations.length} violations`);
console.log('errors by number, as the model expects them:', errors);
const verdict = violations.length === 0 ? 'passed' : 'failed';
const counts = { sequences, workers, commands, errors, restarts };
console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired: null, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
