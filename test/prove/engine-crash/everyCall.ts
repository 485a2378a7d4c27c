import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { checkFile } from './judge.ts';
import type { Answer } from './life.ts';
import { apply, lastWrite, type State, script, templateState, textOf } from './script.ts';
import { copyDatabase } from './template.ts';
import { type Fault, type Life, traceLife } from './traced.ts';

export type EveryCall = {
  /** How often the script comes to each call; each of these places was given each fault. */
  readonly places: Readonly<Record<string, number>>;
  readonly lives: number;
  readonly fired: Readonly<Record<string, number>>;
  /** Places that a second life did not come to, the order of its writes being a little different. */
  readonly notReached: number;
  readonly answers: { readonly kept: number; readonly not: number; readonly unknown: number };
  readonly noStart: number;
  readonly entriesChecked: number;
  readonly violations: readonly string[];
};

/** A full disk stays full for a while: so many calls in a row. */
const fullFor = 8;
const clearErrors = /^(14031|39) (nothing was written: |it is not certain whether this was written: )?(the disk )/;

type Options = {
  readonly folder: string;
  readonly template: string;
  /** Every how many-th place; 1 is all. */
  readonly every: number;
  readonly onLife: (line: string) => void;
};

/** Gives each fault to every call of the script that writes, one life each, and judges what is there afterwards. */
export async function proveEveryCall({ folder, template, every, onLife }: Options): Promise<EveryCall> {
  const violations: string[] = [];
  const answers = { kept: 0, not: 0, unknown: 0 };
  const fired: Record<string, number> = {};
  const count = { lives: 0, notReached: 0, noStart: 0, entriesChecked: 0 };

  const live = async (name: string, fault: Fault | undefined): Promise<Life> => {
    const home = join(folder, name);
    mkdirSync(home, { recursive: true });
    const file = join(home, 'crash.db');
    copyDatabase(template, file);
    const life = await traceLife(file, fault);
    count.lives++;
    const judged = await judge(file, life, fault);
    for (const flaw of judged.flaws) violations.push(`${name}: ${flaw}`);
    for (const flaw of judged.flaws) onLife(`VIOLATION ${name}: ${flaw}`);
    for (const answer of answersOf(life)) answers[answer.outcome]++;
    count.noStart += Number(life.said.some(({ word }) => word === 'noStart'));
    count.entriesChecked += judged.entries;
    rmSync(home, { recursive: true, force: true });
    return life;
  };

  const { calls, said, problem } = await live('calm', undefined);
  if (!said.some(({ word }) => word === 'closed')) throw new Error(`the script does not come to its end: ${problem}`);
  const faults = Object.entries(calls).flatMap(([call, places]) =>
    (['signal=KILL', 'error=EIO', 'error=ENOSPC'] as const).flatMap((what) =>
      Array.from({ length: places }, (_, i): Fault => {
        const first = i + 1;
        return { call, what, first, last: what === 'error=ENOSPC' ? first + fullFor - 1 : first };
      }),
    ),
  );
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < faults.length; at = next++) {
      const fault = faults[at];
      if (fault === undefined || at % every !== 0) continue;
      const name = `${fault.call}-${fault.what.split('=')[1]}-${fault.first}`;
      const life = await live(name, fault);
      if (life.fired === 0) count.notReached++;
      const kind = `${fault.what.split('=')[1]} at ${fault.call}`;
      fired[kind] = (fired[kind] ?? 0) + life.fired;
      if (count.lives % 50 === 0)
        onLife(`${count.lives} of ${Math.ceil(faults.length / every) + 1} lives, ${violations.length} violations`);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  return { places: calls, fired, answers, violations, ...count };
}

const answersOf = (life: Life): readonly Answer[] =>
  life.said.filter(({ word }) => word === 'answer').map(({ data }) => data as Answer);

/** All states that may be there: what was acknowledged is there, what was refused is not, the rest whole or not at all. */
function statesAfter(life: Life): State[] {
  const answers = answersOf(life);
  const begun = life.said
    .filter(({ word }) => word === 'begins')
    .map(({ data }) => data as { step: number; place: number });
  let states: State[] = [templateState];
  for (const { step, place } of begun) {
    const effect = script[step]?.[place] ?? lastWrite(place);
    const outcome = answers.find((one) => one.step === step && one.place === place)?.outcome ?? 'unknown';
    if (outcome === 'not') continue;
    const after = states.map((state) => apply(state, effect));
    states = outcome === 'kept' ? after : [...states, ...after];
  }
  return states;
}

async function judge(file: string, life: Life, fault: Fault | undefined) {
  const flaws: string[] = [];
  const words = new Map(life.said.map(({ word, data }) => [word, data]));
  if (fault?.what !== 'signal=KILL') flaws.push(...faultFlaws(life, words));
  await restart(file).catch((error: unknown) => flaws.push(`the next start: ${String(error)}`));
  const { flaws: broken, state, entries } = checkFile(file);
  flaws.push(...broken);
  const possible = new Set(statesAfter(life).map(textOf));
  const found = textOf(state);
  if (!possible.has(found))
    flaws.push(
      `found ${summary(state)}, after ${answersOf(life)
        .map(({ outcome }) => outcome[0])
        .join('')}`,
    );
  const last = words.get('last');
  if (words.has('closed') && typeof last === 'object' && textOf(last as State) !== found) {
    flaws.push('the last reading was not what the next start found');
  }
  return { flaws, entries };
}

/** What holds in a life that is not killed: clear errors, reads go on, and it works again. */
function faultFlaws(life: Life, words: ReadonlyMap<string, unknown>): string[] {
  const flaws: string[] = [];
  const start = words.get('noStart');
  if (start !== undefined) {
    return /disk|unable to open|I\/O|EIO|ENOSPC|no space/i.test(String(start))
      ? []
      : [`an unclear start: ${String(start)}`];
  }
  for (const { outcome, told } of answersOf(life)) {
    // The script goes on where a step before was refused: then there may be no collection, or no index, to drop.
    if (outcome !== 'kept' && !clearErrors.test(told) && !/^(26|27) /.test(told))
      flaws.push(`an unclear answer: ${told}`);
  }
  if (words.has('cannotRead')) flaws.push(`cannot read: ${String(words.get('cannotRead'))}`);
  if (words.get('works') !== true) flaws.push(`does not work again: ${life.problem}`);
  if (typeof words.get('last') !== 'object') flaws.push(`cannot read at the end: ${String(words.get('last'))}`);
  return flaws;
}

/** A real start on what is left, which takes a write and stops. */
async function restart(file: string): Promise<void> {
  const engine = await startEmbeddedMongo({ file });
  const client = await new MongoClient(engine.uri, { serverSelectionTimeoutMS: 5000 }).connect();
  await client.db('other').collection('log').insertOne({ again: true });
  await client.close();
  await engine.close();
}

const summary = (state: State): string =>
  Object.entries(state)
    .map(([name, { indexes, docs }]) => `${name} (${indexes}): ${Object.keys(docs)}`)
    .join('; ');
