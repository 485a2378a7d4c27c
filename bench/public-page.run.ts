/**
 * A public lesson page from the real public handler against a bare `node:http` server that sends the same bytes and
 * headers, once as browsers ask and once uncompressed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEvidence, numberOption } from '../test/prove/evidence.ts';
import { seedRiver } from '../test/prove/river.ts';
import { besideBare, conclude } from './besideBare.ts';

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
  conclude(evidence, results, { rounds, milliseconds, connections, goal });
} finally {
  rmSync(home, { recursive: true, force: true });
}
