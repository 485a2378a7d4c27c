import { proveEngineBackup } from './engineBackup.ts';
import { proveRestoreKills } from './engineRestoreKill.ts';
import { createEvidence, numberOption, spreadOf } from './evidence.ts';

const backups = numberOption('backups', 30);
const clients = numberOption('clients', 4);
const moveKills = numberOption('move-kills', 6);
const seed = numberOption('seed', 20261124);
const evidence = createEvidence('engine-backup');
const [{ acknowledged, during, bytes, moved, ...rest }, restore] = await Promise.all([
  proveEngineBackup({
    backups,
    clients,
    seed,
    moveKills,
    onBackup: console.log,
  }),
  proveRestoreKills(console.log),
]);
const violations = [...rest.violations, ...restore.violations];
console.log(`${acknowledged} writes acknowledged; ${moved.kills} moves and ${restore.fired} restores killed`);
for (const violation of violations) console.log(violation);
const counts = {
  backups,
  clients,
  acknowledged,
  writesDuringABackup: spreadOf(during, 0),
  lastBackupBytes: bytes,
  movesKilled: moved.kills,
  movedCollections: moved.collections,
  secondEngine: 'another embedded engine, through the official driver; no MongoDB server could be had on this machine',
  restoresKilled: restore.fired,
  restoresKilledAt: restore.byCall,
  restoresThatLeftTheOld: restore.leftOld,
  restoresThatLeftTheNew: restore.leftNew,
};
// A copy while nobody wrote, and a restore that was never killed at its end, would prove nothing.
const isShown =
  during.every((writes) => writes > 0) &&
  restore.fired > 0 &&
  restore.leftNew > 0 &&
  restore.leftOld > 0 &&
  moved.kills > 0;
const verdict = violations.length === 0 && isShown ? 'passed' : 'failed';
const faultsFired = moved.kills + restore.fired;
console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired, counts, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
