/**
 * Readers while an edition is being published. The whole product runs as it is deployed, desk, embedded database and public
 * site in one process. First the most that it answers is found, then readers come at half of that rate, constantly, and a
 * coordinator publishes all lessons of an edition through the desk; the files follow behind. The readers are a process of
 * their own on the same machine.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addresses } from '../src/site/addresses.ts';
import { pause, startChild } from '../test/prove/child.ts';
import { createEvidence, median, numberOption } from '../test/prove/evidence.ts';
import { type Product, pointersIn, settled, startProduct } from '../test/prove/product.ts';
import type { LoopDelay } from './loopDelay.ts';
import type { Coming, Phase } from './openLoadChild.ts';
import { changeEveryLesson, coordinatorAt } from './publishThroughDesk.ts';

const rounds = numberOption('rounds', 7);
const milliseconds = numberOption('milliseconds', 2500);
const connections = numberOption('connections', 64);
/** Of the most, in percent. */
const share = numberOption('share', 50);
const tag = 'tr-TR';
/** Milliseconds of the 99th percentile, while the pages are made and while the files are. */
const goal = 50;

const evidence = createEvidence('publish-under-load');
const home = mkdtempSync(join(tmpdir(), 'headwater-under-load-'));
const delayFile = join(home, 'loop-delay.json');

async function readers(coming: Coming) {
  const child = startChild(join(import.meta.dirname, 'openLoadChild.ts'));
  child.tell(coming);
  await child.hear('coming');
  let broken = '';
  child.hear('failed').then(
    ({ data }) => {
      broken = String(data);
    },
    () => {},
  );
  return {
    phase: async (name: string): Promise<Phase> => {
      child.tell({ phase: name });
      try {
        return (await child.hear(`phase ${name}`)).data as Phase;
      } catch (problem) {
        throw new Error(`a reader was not served: ${broken}`, { cause: problem });
      }
    },
    end: () => child.tell({ end: true }),
  };
}

/** What the event loop of the server was like since the last time, or null where that cannot be told. */
async function delayOf({ process: server }: Product): Promise<LoopDelay> {
  rmSync(delayFile, { force: true });
  server.kill('SIGUSR2');
  for (;;) {
    await pause(50);
    try {
      return JSON.parse(readFileSync(delayFile, 'utf8')) as LoopDelay;
    } catch {
      // Not written yet.
    }
  }
}

const processes: Product[] = [];
const run = async (execArgv: readonly string[] = []): Promise<Product> => {
  const running = await startProduct(['start'], { env: { DATA_DIR: home }, execArgv });
  processes.push(running);
  return running;
};

const pointerOf = () => {
  const found = pointersIn(join(home, 'public')).find(({ edition }) => edition === tag);
  if (found === undefined) throw new Error(`no ${tag}`);
  return found;
};

try {
  const first = await run();
  await settled(first, join(home, 'public'));
  await first.stop();
  const { email, lessons } = await changeEveryLesson(home, tag);

  process.env.LOOP_DELAY_FILE = delayFile;
  const profile = process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir=/tmp'] : [];
  const loopDelay = ['--import', join(import.meta.dirname, 'loopDelay.ts')];
  const server = await run([...profile, ...loopDelay]);
  await settled(server, join(home, 'public'));
  const port = Number(new URL(server.origin).port);
  const { facts, publication } = pointerOf();
  const paths = [
    addresses.edition(tag),
    addresses.help(tag),
    ...facts.rows.map(({ lesson }) => addresses.lesson(tag, lesson)),
  ];
  const desk = await coordinatorAt(server.origin, email, tag);

  const most: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const rush = await readers({ port, paths, perSecond: null, connections });
    await pause(round === 0 ? 1000 : 200);
    await rush.phase('warm');
    await pause(milliseconds);
    most.push((await rush.phase('rush')).perSecond);
    rush.end();
  }
  const maximum = median(most);
  const perSecond = Math.round((maximum * share) / 100);
  console.log(`at most ${maximum} pages a second, now ${perSecond}`);

  const coming = await readers({ port, paths, perSecond, connections });
  await pause(1000);
  await coming.phase('warm');
  await delayOf(server);
  await pause(Math.max(1000, milliseconds));
  const quiet = { ...(await coming.phase('quiet')), loopDelayMs: await delayOf(server) };
  const sent = await desk.publish();
  const publishing = { ...(await coming.phase('publishing')), loopDelayMs: await delayOf(server) };
  while (await desk.building()) await pause(1000);
  const building = { ...(await coming.phase('building')), loopDelayMs: await delayOf(server) };
  await pause(Math.max(1000, milliseconds));
  const after = await coming.phase('after');
  coming.end();
  await server.stop();

  const violations = [
    ...(pointerOf().publication === (publication ?? 0) + 1 ? [] : ['the edition was not published']),
    ...Object.entries({ publishing, building })
      .filter(([, { ms }]) => ms.p99 > goal)
      .map(([phase, { ms }]) => `${phase}: ${ms.p99} ms at the 99th percentile`),
  ];
  const counts = {
    edition: tag,
    lessonsChanged: lessons,
    lessonsPublished: sent.lessons,
    goalP99Ms: goal,
    connections,
    pagesASecondAtMost: { median: maximum, rounds: most },
    pagesASecondAsked: perSecond,
    quiet,
    publishing,
    building,
    after,
    loadGenerator:
      'A process of its own on the same machine, so that it and the builders of files take processor time from the server. ' +
      'Times count from the moment at which a request should have been sent; `ownLatenessMs` is how late the generator was.',
  };
  console.log(JSON.stringify(counts, null, 2));
  for (const violation of violations) console.error(violation);
  const verdict = violations.length === 0 ? 'passed' : 'failed';
  console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
  process.exitCode = verdict === 'passed' ? 0 : 1;
} finally {
  for (const { stop } of processes) await stop();
  rmSync(home, { recursive: true, force: true });
}
