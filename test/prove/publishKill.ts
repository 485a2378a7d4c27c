import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, pause, startChild } from './child.ts';
import { median, randomFrom } from './evidence.ts';
import type { Report } from './publishChild.ts';
import { differenceOf, judgeAnswers, judgePointer, judgeStore, type States, stateOf } from './publishJudge.ts';
import type { Answered } from './readerChild.ts';
import { markOf, openRiver, provenEdition, seedRiver } from './river.ts';

export const publishSteps = ['check', 'texts', 'files', 'record', 'project'] as const;
type Step = (typeof publishSteps)[number];
const script = (name: string): string => join(import.meta.dirname, name);

export type PublishKillOptions = {
  readonly kills: number;
  readonly seed: number;
  /** Kills on one data folder; then a fresh one is taken. */
  readonly killsEach?: number;
  /** Publications without a kill before the first, to learn how long one takes. */
  readonly rehearsals?: number;
  /** Without real PDFs, where those would take too long. */
  readonly standInFiles?: boolean;
  readonly onKill?: (line: string) => void;
};

export type PublishKillResult = {
  readonly fired: number;
  /** Kills that came after the end: not counted, repeated. */
  readonly missed: number;
  readonly bySteps: Readonly<Record<Step, number>>;
  readonly recoveredTo: { readonly old: number; readonly new: number };
  readonly publications: number;
  readonly answers: number;
  readonly medianPublishMs: number;
  readonly violations: readonly string[];
};

type Timing = { readonly total: number; readonly steps: Readonly<Record<Step, readonly [from: number, to: number]>> };

/** When each step of an undisturbed publication began and ended, in ms after its start. */
function timingOf(child: Child): Timing {
  const since = (word: string): number => child.said.findLast((one) => one.word === word)?.at ?? 0;
  const start = since('publish');
  const ends = [...publishSteps.slice(1), 'done'];
  const steps = publishSteps.map((step, place) => [step, [since(step) - start, since(ends[place] ?? '') - start]]);
  return { total: since('done') - start, steps: Object.fromEntries(steps) };
}

/** Kills the publishing process `kills` times while it publishes, and judges what readers and the next start see. */
export async function provePublishKill(options: PublishKillOptions): Promise<PublishKillResult> {
  const { kills, seed, killsEach = 50, rehearsals = 2, standInFiles = false, onKill = () => {} } = options;
  const random = randomFrom(seed);
  const home = mkdtempSync(join(tmpdir(), 'headwater-publish-kill-'));
  const bySteps = { check: 0, texts: 0, files: 0, record: 0, project: 0 };
  const recoveredTo = { old: 0, new: 0 };
  const violations: string[] = [];
  const timings: Timing[] = [];
  const count = { fired: 0, missed: 0, publications: 0, answers: 0, run: 0 };
  const started: Child[] = [];
  const start = (name: string): Child => {
    const child = startChild(script(name));
    started.push(child);
    return child;
  };
  const flaw = (text: string) => {
    violations.push(`run ${count.run}: ${text}`);
    onKill(`VIOLATION run ${count.run}: ${text}`);
  };

  /** Half of the kills are uniform over the whole publication, half over one step each, so that none is left out. */
  const momentOf = (run: number): { readonly after: string; readonly wait: number } => {
    if (run % 2 === 0) return { after: 'publish', wait: random() * median(timings.map(({ total }) => total)) };
    const step = publishSteps[(run >> 1) % publishSteps.length] ?? 'files';
    const lengths = timings.map(({ steps }) => steps[step][1] - steps[step][0]);
    return { after: step, wait: random() * median(lengths) };
  };

  async function round(folder: string, wanted: number): Promise<void> {
    const publicFolder = join(folder, 'public');
    const reader = start('readerChild.ts');
    const drained = (): Promise<readonly Answered[]> => {
      const answer = new Promise<readonly Answered[]>((resolve) => reader.process.once('message', resolve));
      reader.tell('drain');
      return answer;
    };
    // The small proof shares its processors with other tests.
    reader.tell({ publicFolder, loops: 2, rest: standInFiles ? 30 : 8 });
    await reader.hear('reading');
    const states: States = [];
    const standing = new Map<number, number>();
    const faces = new Map<string, string>();
    let open: readonly Answered[] = [];
    let last: Report | null = null;
    let expected: { readonly text: string; readonly least: number; readonly most: number } | null = null;
    let standby = start('publishChild.ts');
    const see = (report: Report): void => {
      for (const text of judgePointer(report, publicFolder, faces)) flaw(text);
      if (last !== null) for (const text of judgeStore(report, last)) flaw(text);
      states.push(stateOf(report));
      last = report;
    };
    const judge = async (): Promise<void> => {
      open = [...open, ...(await drained())];
      count.answers += open.length;
      for (const text of judgeAnswers(open, states, standing)) flaw(text);
      open = [];
    };

    let fired = 0;
    while (fired < wanted || expected !== null) {
      // A last life without a kill looks at what the last kill left, and publishes undisturbed.
      const calm = fired >= wanted || timings.length < rehearsals;
      const run = ++count.run;
      const child = standby;
      await child.hear('warm');
      child.tell({ folder, run, standInFiles });
      standby = start('publishChild.ts');
      const recovered = (await child.hear('recovered')).data as Report;
      if (expected !== null) {
        const number = recovered.publication ?? 0;
        if (number < expected.least || number > expected.most) {
          flaw(`recovered to ${number}, not to ${expected.least}…${expected.most}`);
        }
        recoveredTo[number === expected.most && last !== null && number > (last as Report).newest ? 'new' : 'old']++;
        if (recovered.texts.some((text) => !text.includes(expected?.text ?? ''))) flaw('a saved text was lost');
      }
      expected = null;
      see(recovered);
      await judge();
      see((await child.hear('factsPublished')).data as Report);
      await child.hear('saved');
      const before = (last as Report | null)?.newest ?? 0;
      if (!calm) {
        const { after, wait } = momentOf(run);
        // A process that ends before is a kill that missed, or a flaw; that is told below.
        await Promise.race([child.hear(after).catch(() => {}), child.ended]);
        await pause(wait);
        child.kill();
      }
      const signal = await child.ended;
      const words = child.said.map(({ word }) => word);
      const done = child.said.find(({ word }) => word === 'done');
      if (done !== undefined) {
        if (!calm) count.missed++;
        else if (signal !== null) flaw(`ended by ${signal}`);
        timings.push(timingOf(child));
        see(done.data as Report);
        continue;
      }
      if (signal !== 'SIGKILL') {
        // It would end like this again in the next life, and the one after.
        throw new Error(`run ${run} ended without being killed: ${await child.hear('done').catch(String)}`);
      }
      fired++;
      count.fired++;
      const step = publishSteps.findLast((each) => words.includes(each)) ?? 'check';
      bySteps[step]++;
      // Committed means for ever; before the transaction began there can be nothing new.
      const least = words.includes('project') ? before + 1 : before;
      const most = words.includes('record') ? before + 1 : before;
      expected = { text: markOf(run), least, most };
      onKill(`${count.fired} ${step}`);
    }
    standby.kill();
    await judge();
    count.publications += (last as Report | null)?.newest ?? 0;
    reader.tell('stop');
    await reader.ended;
    for (const text of await rebuilt(folder, home, standInFiles)) flaw(text);
  }

  try {
    const template = join(home, 'template');
    await seedRiver(template, standInFiles);
    for (let number = 0; count.fired < kills; number++) {
      const folder = join(home, `round-${number}`);
      cpSync(template, folder, { recursive: true });
      await round(folder, Math.min(killsEach, kills - count.fired));
      rmSync(folder, { recursive: true, force: true });
    }
  } finally {
    // Where the proof ended early, they would hold its process open.
    for (const child of started) child.kill();
    rmSync(home, { recursive: true, force: true });
  }
  const medianPublishMs = Math.round(median(timings.map(({ total }) => total)));
  const { fired, missed, publications, answers } = count;
  return { fired, missed, bySteps, recoveredTo, publications, answers, medianPublishMs, violations };
}

/** The public folder built anew from the store alone has to be the one that went through all the kills. */
async function rebuilt(folder: string, home: string, standInFiles: boolean): Promise<readonly string[]> {
  const fresh = join(home, 'rebuilt');
  mkdirSync(fresh, { recursive: true });
  const river = await openRiver(folder, { publicFolder: fresh, standInFiles });
  try {
    await river.world.site.projectAll();
  } finally {
    await river.close();
  }
  const pointerIn = (place: string): string => readFileSync(join(place, 'editions', `${provenEdition}.json`), 'utf8');
  const [anew, killed] = [pointerIn(fresh), pointerIn(join(folder, 'public'))];
  rmSync(fresh, { recursive: true, force: true });
  return anew === killed ? [] : [`the folder built anew from the store differs: ${differenceOf(anew, killed)}`];
}
