/**
 * The translators' desk on the real content: opening a lesson of tr-TR, and saving one unit after the other, through the
 * command alone and through HTTP as a browser does it. `--segments N` chooses the lesson of about that size, `--rounds N` how
 * often.
 */
import { saveUnit } from '../src/commands/edition/saveUnit.ts';
import type { Actor } from '../src/domain/access/access.ts';
import { createEvidence, numberOption, spreadOf } from '../test/prove/evidence.ts';
import { Visitor } from '../test/web/testApp.ts';
import { openDeskOfContent, password } from './deskOfContent.ts';

const rounds = numberOption('rounds', 60);
const goals = { saveP95: 50, openP95: 200 };
const tag = 'tr-TR';
const translator = 'tr-partner.translator';

const evidence = createEvidence('desk');
const desk = await openDeskOfContent();
const { store } = desk.world;
const person = await store.people.byId(translator);
const edition = await store.editions.byTag(tag);
if (person === null || edition === null) throw new Error('the content has no tr-TR');
const actor: Actor = { kind: 'person', person };
const { lessons } = await store.releases.lessonPackage(edition.upstream.release);
const sized = lessons.map(({ id, sections }) => ({
  id,
  segments: [...new Set(sections.flatMap(({ placements }) => placements.map(({ segment }) => segment)))],
}));
/** The lesson nearest to 200 segments: the usual size. */
const about = numberOption('segments', 200);
const lesson = sized.sort(
  (one, other) => Math.abs(one.segments.length - about) - Math.abs(other.segments.length - about),
)[0];
if (lesson === undefined) throw new Error('the content has no lesson');

const p95 = (times: readonly number[]): number =>
  Number(([...times].sort((one, other) => one - other)[Math.ceil(times.length * 0.95) - 1] ?? 0).toFixed(1));
const figuresOf = (times: readonly number[]) => ({ ...spreadOf(times), p95: p95(times) });

async function timed(work: (round: number) => Promise<void>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = -5; round < rounds; round += 1) {
    const began = performance.now();
    await work(Math.abs(round));
    if (round >= 0) times.push(performance.now() - began);
  }
  return times;
}

const unitAt = async (round: number) => {
  const segment = lesson.segments[round % lesson.segments.length] ?? '';
  const unit = await store.units.byId(tag, segment);
  if (unit === null) throw new Error(`no unit ${segment}`);
  return unit;
};

const visitor = new Visitor(desk.origin);
await visitor.get('/desk/sign-in');
await visitor.post('/desk/sign-in', { email: person.email, password });
const page = `/desk/editions/${tag}/lessons/${lesson.id}`;

const byCommand = await timed(async (round) => {
  const unit = await unitAt(round);
  await saveUnit(desk.world, actor, {
    edition: tag,
    segment: unit.segment,
    target: `${unit.target} `.concat(String(round)),
    revision: unit.revision,
  });
});

let bytes = 0;
const opened = await timed(async (round) => {
  const answer = await visitor.get(`${page}?unit=${encodeURIComponent(lesson.segments[round] ?? '')}`);
  if (answer.status !== 200) throw new Error(`the page answers ${answer.status}`);
  bytes = answer.html.length;
});

const saves: number[] = [];
for (let round = -5; round < rounds; round += 1) {
  const unit = await unitAt(Math.abs(round));
  const form = { lesson: lesson.id, show: 'all', kind: '', reason: '', revision: String(unit.revision), way: 'next' };
  const began = performance.now();
  const saved = await visitor.post(`/desk/editions/${tag}/units/${unit.segment}`, {
    ...form,
    target: `${unit.target} ${round}`,
  });
  if (round >= 0) saves.push(performance.now() - began);
  if (saved.status !== 303) throw new Error(`the save answers ${saved.status}: ${saved.html.slice(0, 200)}`);
}

const counts = {
  lesson: lesson.id,
  segments: lesson.segments.length,
  unitsOfEdition: (await store.units.ofEdition(tag)).length,
  pageKilobytes: Math.round(bytes / 1024),
  rounds,
  goalsMs: goals,
  saveByCommandMs: figuresOf(byCommand),
  saveThroughHttpMs: figuresOf(saves),
  openMs: figuresOf(opened),
};
const violations = [
  ...(counts.saveThroughHttpMs.p95 > goals.saveP95 ? [`a save takes ${counts.saveThroughHttpMs.p95} ms`] : []),
  ...(counts.openMs.p95 > goals.openP95 ? [`opening takes ${counts.openMs.p95} ms`] : []),
];
console.log(JSON.stringify(counts, null, 2));
if (!process.argv.includes('--no-evidence')) {
  evidence.write({
    verdict: violations.length === 0 ? 'passed' : 'failed',
    seed: null,
    counts,
    faultsFired: null,
    violations,
  });
}
for (const violation of violations) console.error(violation);
await desk.close();
process.exit(violations.length === 0 ? 0 : 1);
