import { createEvidence, numberOption } from './evidence.ts';
import { proveStartKill } from './startKill.ts';

const runs = numberOption('runs', 60);
const seed = numberOption('seed', 20261102);
const whole = process.argv.includes('--whole');
const evidence = createEvidence(whole ? 'start-kill-whole' : 'start-kill');
const result = await proveStartKill({ kills: runs, seed, whole, onKill: (line) => console.log(line) });
const { violations, fired, ...counts } = result;
console.log(`${fired} kills fired on ${counts.folders} first starts, ${counts.missed} came after the end`);
console.log(`${violations.length} violations`);
for (const violation of violations) console.log(violation);
const verdict = violations.length === 0 && fired >= runs ? 'passed' : 'failed';
console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired: fired, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
