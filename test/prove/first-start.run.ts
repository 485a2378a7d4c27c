/**
 * A first start on the real content, with every release, edition and sheet: when it listens, when a reader finds the first
 * edition, when everything is there. Asked from outside, every 100 ms, as a browser would.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createEvidence, numberOption, spreadOf } from './evidence.ts';

const rounds = numberOption('runs', 3);
const root = resolve(import.meta.dirname, '../..');
const evidence = createEvidence('first-start');
const editions = ['ar-EG', 'en-GB', 'tr-TR'];
/** Seconds: the goals of the project's main job. */
const goals = { listens: 5, firstEdition: 60 };

async function statusOf(address: string): Promise<number> {
  return fetch(address, { redirect: 'manual' }).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );
}

async function round(port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-first-start-'));
  const began = performance.now();
  const seconds = (): number => Number(((performance.now() - began) / 1000).toFixed(2));
  const child = spawn(process.execPath, ['headwater.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), DATA_DIR: folder, MONGODB_URI: '', SMTP_URL: '', BASE_URL: '' },
    stdio: 'ignore',
  });
  const origin = `http://127.0.0.1:${port}`;
  let listens: number | null = null;
  let ready: number | null = null;
  const readable: Record<string, number> = {};
  while (ready === null && seconds() < 600 && child.exitCode === null) {
    if (listens === null && (await statusOf(origin)) > 0) listens = seconds();
    for (const tag of editions) {
      if (readable[tag] === undefined && (await statusOf(`${origin}/${tag}`)) === 200) readable[tag] = seconds();
    }
    if ((await statusOf(`${origin}/readyz`)) === 200 && Object.keys(readable).length === editions.length)
      ready = seconds();
    await pause(100);
  }
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await Promise.race([gone, pause(20_000)]);
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  return { listens, readable, ready };
}

const results = [];
for (let each = 0; each < rounds; each++) {
  const result = await round(34_000 + each);
  console.log(JSON.stringify(result));
  results.push(result);
}
const late = results.flatMap(({ listens, readable, ready }, index) => {
  const first = Math.min(...Object.values(readable));
  return [
    ...(listens !== null && listens <= goals.listens ? [] : [`start ${index + 1} listens after ${listens} s`]),
    ...(first <= goals.firstEdition ? [] : [`start ${index + 1}: the first edition after ${first} s`]),
    ...(ready === null ? [`start ${index + 1} was not ready within 600 s`] : []),
  ];
});
const counts = {
  starts: rounds,
  goalsInSeconds: goals,
  listens: spreadOf(
    results.map(({ listens }) => listens ?? Number.NaN),
    2,
  ),
  firstEdition: spreadOf(
    results.map(({ readable }) => Math.min(...Object.values(readable))),
    1,
  ),
  ready: spreadOf(
    results.map(({ ready }) => ready ?? Number.NaN),
    1,
  ),
  rounds: results,
};
const verdict = late.length === 0 ? 'passed' : 'failed';
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations: late })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
