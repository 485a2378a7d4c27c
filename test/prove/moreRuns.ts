/**
 * Loaded before the property tests of the domain: whatever number of runs a test asks for, it gets `PROVE_RUNS`, and what
 * every property really ran is written to `PROVE_LOG`.
 */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import fc, { type RunDetails } from 'fast-check';

const runs = Number(process.env.PROVE_RUNS);
const log = process.env.PROVE_LOG ?? '';

function report(details: RunDetails<unknown>): void {
  const { numRuns, failed, seed } = details;
  appendFileSync(log, `${JSON.stringify({ numRuns, failed, seed })}\n`);
  if (failed) throw new Error(fc.defaultReportMessage(details));
}
Object.assign(globalThis, { proveReport: report });

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!/\/test\/(domain\/.*|formats\/exchange\/identity)\.test\.ts$/.test(url)) return loaded;
    const source = String(loaded.source).replace(
      /\bnumRuns: (\d+|runs)\b/g,
      `numRuns: ${runs}, reporter: globalThis.proveReport`,
    );
    return { ...loaded, source };
  },
});
