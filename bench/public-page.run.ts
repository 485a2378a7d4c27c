/**
 * A public lesson page from the real public handler against a bare `node:http` server that sends the same bytes and
 * headers, once as browsers ask and once uncompressed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvidence, numberOption } from '../test/prove/evidence.ts';
import { seedRiver } from '../test/prove/river.ts';
import { besideBare } from './besideBare.ts';

const rounds = numberOption('rounds', 7);
const milliseconds = numberOption('milliseconds', 2500);
const connections = numberOption('connections', 32);
const path = '/en-GB/lessons/B4';
const goal = 0.7;

const evidence = createEvidence('public-page');
const home = mkdtempSync(join(tmpdir(), 'headwater-public-page-'));
try {
  await seedRiver(home);
  const results = [];
  for (const acceptEncoding of ['br, gzip', 'identity']) {
    const result = await besideBare({
      folder: join(home, 'public'),
      path,
      acceptEncoding,
      rounds,
      milliseconds,
      connections,
      bare: ({ headers, body }) => ({ kind: 'bare', headers, body }),
    });
    console.log(JSON.stringify(result, null, 2));
    results.push(result);
  }
  // Both ways of counting have to reach the goal: per second, and per processor time.
  const reached = results.every(({ ratio, cpuRatio }) => ratio >= goal && cpuRatio >= goal);
  const verdict = reached ? 'passed' : 'failed';
  const counts = { rounds, milliseconds, connections, goal, results };
  console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations: [] })}`);
  process.exitCode = reached ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
