import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangeFormats } from '../../src/domain/exchange/exchangeFile.ts';
import { createEvidence, numberOption } from './evidence.ts';

/** The property tests of the domain, with many more cases than `npm test` has time for. */
const runs = numberOption('runs', 10_000);
const root = join(import.meta.dirname, '../..');
const rooms = ['update', 'edition', 'release', 'diff', 'exchange'];
/** Out to a file and back is the same: one property that stands once and runs for each format. */
const identity = 'test/formats/exchange/identity.test.ts';
const files = [
  ...globSync(
    rooms.map((room) => `test/domain/${room}/**/*.test.ts`),
    { cwd: root },
  ).sort(),
  identity,
];
const properties = files.reduce((sum, file) => {
  const written = readFileSync(join(root, file), 'utf8').split('fc.assert(').length - 1;
  return sum + written * (file === identity ? exchangeFormats.length : 1);
}, 0);
const home = mkdtempSync(join(tmpdir(), 'headwater-domain-'));
const log = join(home, 'properties.log');
writeFileSync(log, '');

const evidence = createEvidence('domain');
const { status } = spawnSync(
  process.execPath,
  ['--import', join(import.meta.dirname, 'moreRuns.ts'), '--test', '--test-concurrency=2', ...files],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PROVE_RUNS: String(runs), PROVE_LOG: log } },
);
const ran = readFileSync(log, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as { numRuns: number; failed: boolean; seed: number });
rmSync(home, { recursive: true, force: true });

const cases = ran.reduce((sum, { numRuns }) => sum + numRuns, 0);
const violations = ran.filter(({ failed }) => failed).map(({ seed }) => `a property fails, seed ${seed}`);
if (ran.length !== properties) violations.push(`${ran.length} of ${properties} properties ran with ${runs} cases`);
if (ran.some(({ numRuns, failed }) => !failed && numRuns < runs)) violations.push('a property ran fewer cases');
if (status !== 0) violations.push(`the tests ended with ${status}`);
const verdict = violations.length === 0 ? 'passed' : 'failed';
const counts = { files, properties, runsEach: runs, cases, seeds: ran.map(({ seed }) => seed) };
console.log(`${properties} properties, ${cases} cases`);
for (const violation of violations) console.log(violation);
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, faultsFired: null, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
