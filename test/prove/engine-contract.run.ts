/**
 * Every case of the engine's contract, on the embedded engine or, unchanged, on the MongoDB that `TEST_MONGODB_URI` names.
 * `--cases N` is how many are wanted at least, `--at-once N` how many files run at the same time.
 */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from 'node:test';
import { openContract } from '../embedded-mongo/contract/openContract.ts';
import { createEvidence, numberOption } from './evidence.ts';

const wanted = numberOption('cases', 300);
const concurrency = numberOption('at-once', 2);
const folder = join(import.meta.dirname, '../embedded-mongo/contract');
const files = globSync('**/*.test.ts', { cwd: folder }).sort();

/** What the server says of itself: nobody should take one for the other. */
async function server() {
  const contract = await openContract();
  try {
    const { version, gitVersion, modules } = await contract.db.admin().buildInfo();
    return {
      version: String(version),
      gitVersion: String(gitVersion),
      embedded: modules?.includes('embedded') === true,
    };
  } finally {
    await contract.close();
  }
}

const evidence = createEvidence('engine-contract');
const asked = await server();
const violations: string[] = [];
if (asked.embedded !== (process.env.TEST_MONGODB_URI === undefined || process.env.TEST_MONGODB_URI === ''))
  violations.push('the server that answers is not the one that was asked for');

const passed: Record<string, number> = Object.fromEntries(files.map((file) => [file, 0]));
const events = run({
  files: files.map((file) => join(folder, file)),
  concurrency,
  timeout: 240_000,
  execArgv: ['--import', join(import.meta.dirname, '../compileCache.ts')],
});
for await (const { type, data } of events) {
  if (type === 'test:stderr') process.stderr.write(data.message);
  if (type !== 'test:pass' && type !== 'test:fail') continue;
  const file = basename(data.file ?? data.name);
  if (type === 'test:fail') {
    // A file or a suite fails with what is in it; that one is told by name.
    const { error } = data.details;
    if ('failureType' in error && error.failureType === 'subtestsFailed') continue;
    const cause = error.cause instanceof Error ? error.cause.message : String(error.cause ?? error.message);
    violations.push(`${file}: ${data.name}: ${cause.split('\n').slice(0, 12).join(' ').slice(0, 400)}`);
  } else if (data.skip !== undefined || data.todo !== undefined) {
    violations.push(`${file}: ${data.name}: not run`);
  } else if (data.details.type !== 'suite' && data.name !== data.file && file in passed) {
    passed[file] = (passed[file] ?? 0) + 1;
  }
}
const cases = Object.values(passed).reduce((sum, each) => sum + each, 0);
for (const [file, count] of Object.entries(passed)) if (count === 0) violations.push(`${file}: no case passed`);
if (cases < wanted) violations.push(`${cases} cases passed, ${wanted} are wanted`);

const verdict = violations.length === 0 ? 'passed' : 'failed';
console.log(`${cases} cases passed on ${asked.embedded ? 'the embedded engine' : `MongoDB ${asked.version}`}`);
for (const violation of violations) console.log(violation);
const counts = { server: asked, wanted, cases, files: passed };
console.log(`${verdict}: ${evidence.write({ verdict, seed: null, counts, faultsFired: null, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
