import { createEvidence, numberOption } from './evidence.ts';
import { provePublishKill } from './publishKill.ts';

const runs = numberOption('runs', 200);
const seed = numberOption('seed', 20261102);
const evidence = createEvidence('publish-kill');
const result = await provePublishKill({
  kills: runs,
  seed,
  killsEach: 100,
  onKill: (line) => {
    if (line.startsWith('VIOLATION') || Number(line.split(' ')[0]) % 10 === 0) console.log(line);
  },
});
const { violations, fired, ...counts } = result;
console.table(Object.entries(result.bySteps).map(([step, kills]) => ({ 'killed in': step, kills })));
console.log(`${fired} kills fired during publish, ${counts.missed} came after its end and were repeated`);
console.log(`${counts.answers} answers judged, ${counts.publications} publications, ${violations.length} violations`);
for (const violation of violations) console.log(violation);
const verdict = violations.length === 0 && fired >= runs ? 'passed' : 'failed';
console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired: fired, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
