/**
 * The product as a deployment runs it: the desk with its database in one process, the public folder served by another. The
 * desk is killed, the disk is locked, the mail server and the database are away: readers have everything throughout, and a
 * recall of that time is told as not yet delivered until it is.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesOf, differences, seeAll } from './everyAddress.ts';
import { createEvidence, numberOption, randomFrom, textOption } from './evidence.ts';
import { pointersIn, settled, startProduct } from './product.ts';
import {
  databaseAway,
  folderAway,
  killedAtAnyMoment,
  killedBeforeProjection,
  mailAway,
  type Stage,
  startDesk,
} from './stoppedCases.ts';
import { handOver, setWritable, takeSeat, user } from './stoppedDesk.ts';

const kills = numberOption('kills', 5);
const seed = numberOption('seed', 1);
/** A data folder that was built with the same BASE_URL, to begin with; usually the proof builds its own. */
const given = textOption('data');
const base = 'https://headwater.example.org';
const evidence = createEvidence('desk-stopped');
const violations: string[] = [];
let checks = 0;
const check = (what: string, so: boolean): void => {
  checks++;
  if (so) return;
  violations.push(what);
  console.log(`WRONG: ${what}`);
};

const home = mkdtempSync(join(tmpdir(), 'headwater-desk-stopped-'));
const publicFolder = join(home, 'public');
if (given !== null) {
  const left = /\.db\.(address|sock|lock)|\.db\.lock-journal$/;
  cpSync(given, home, { recursive: true, filter: (from) => !left.test(from) });
}
handOver(home);
let desk = await startDesk({ home, base });
await settled(desk, publicFolder);
console.log(`the desk is ready as ${user ?? 'this user'}; every file is made`);
const chief = await takeSeat(desk, 'Chief editor (authority)');
const pedagogue = await takeSeat(desk, 'Pedagogue (authority)');
await takeSeat(desk, 'Koordinatör (tr-partner)');
await takeSeat(desk, 'Coordinator (gb-partner)');
const site = await startProduct(['serve', 'public'], { env: { DATA_DIR: home, BASE_URL: base }, user });
const stage: Stage = { home, publicFolder, base, site, chief, pedagogue, check };

const pointers = pointersIn(publicFolder);
const addresses = addressesOf(publicFolder, pointers);
const before = await seeAll(site.origin, addresses);
for (const [path, { status }] of before) check(`${path}: ${status} while everything runs`, status === 200);
await desk.kill();
const after = differences(before, await seeAll(site.origin, addresses));
for (const each of after) check(`the desk is dead: ${each}`, false);
checks += addresses.length;
console.log(`the desk is dead: ${addresses.length} addresses, ${after.length} not as before`);

/** Another process on the same folder in which one page has been changed: the comparison has to find it. */
async function findChangedPage(): Promise<number> {
  const [path, entry] = Object.entries(pointers[0]?.entries ?? {})[1] ?? [];
  if (path === undefined || entry === undefined) return 0;
  const file = join(publicFolder, entry.object);
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]));
  const other = await startProduct(['serve', 'public'], { env: { DATA_DIR: home, BASE_URL: base }, user });
  const found = differences(before, await seeAll(other.origin, addresses));
  await other.stop();
  writeFileSync(file, bytes);
  check(`a changed page is found: ${found.join()}`, found.length === 1 && found[0]?.startsWith(path) === true);
  return found.length;
}
const faultsFound = await findChangedPage();

desk = await startDesk(stage);
await settled(desk, publicFolder);
const told: Record<string, unknown> = {};
const lessons = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'B4', 'C1', 'C2', 'C3', 'C4', 'D1', 'D2', 'D3'];
const next = (): string => lessons.pop() ?? 'A1';
try {
  desk = await killedBeforeProjection(stage, desk, next());
  console.log('committed, killed before it was projected: delivered by the next start');
  told.secondsUntilDelivered = await folderAway(stage, desk, next());
  console.log(`the folder could not be written: delivered ${told.secondsUntilDelivered} s after it could`);
  const mail = await mailAway(stage, desk, next());
  desk = mail.desk;
  told.mailsSentWhenBack = mail.mails;
  console.log(`the mail server was away: ${mail.mails} mails sent when it was back`);
  desk = await databaseAway(stage, desk, next());
  console.log('the database was away: told, nothing half done, and on it goes');
  await settled(desk, publicFolder);
  const some = Array.from({ length: Math.min(kills, lessons.length) }, next);
  const random = randomFrom(seed);
  const killed = await killedAtAnyMoment(stage, desk, some, () => random() * 1.3 * mail.usual);
  desk = killed.desk;
  told.killedAtAnyMoment = killed.ended;
  console.log(`killed at any moment: ${JSON.stringify(killed.ended)}`);
} catch (problem) {
  const cause = problem instanceof Error && problem.cause !== undefined ? ` (${String(problem.cause)})` : '';
  check(`${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}${cause}`, false);
} finally {
  setWritable(publicFolder, true);
  await desk.kill();
  await site.stop();
  rmSync(home, { recursive: true, force: true });
}

const verdict = violations.length === 0 && faultsFound === 1 ? 'passed' : 'failed';
const counts = {
  addresses: addresses.length,
  bytes: [...before.values()].reduce((sum, { bytes }) => sum + bytes, 0),
  checks,
  ...told,
};
const faultsFired = 1 + faultsFound + 4 + kills;
console.log(`${verdict}: ${evidence.write({ verdict, seed, counts, faultsFired, violations })}`);
// What a failed case left running ends with this process.
process.exit(verdict === 'passed' ? 0 : 1);
