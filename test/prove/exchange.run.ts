import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exportUnits } from '../../src/commands/exchange/exportUnits.ts';
import { undoFile } from '../../src/commands/exchange/undoFile.ts';
import type { World } from '../../src/commands/ports.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { type ExchangeFormat, type ExchangeScope, exchangeFormats } from '../../src/domain/exchange/exchangeFile.ts';
import { createEvidence, numberOption, randomFrom } from './evidence.ts';
import { handmade, mutate } from './exchangeFaults.ts';
import { bring, digest, editionOf, openExchange, seatFor, tags, take, toNewest } from './exchangeStore.ts';
import { complaint, type Expectation, missingPrograms, toolRuns } from './exchangeTools.ts';

/**
 * Texts out and back through the real store: all three editions of the real content, four formats, every scope; second
 * tools on the way; and files that are broken or hostile.
 */
const faults = numberOption('faults', 500);
const seed = numberOption('seed', 20261124);
const schemas = process.env.EXCHANGE_SCHEMAS ?? resolve(import.meta.dirname, '../../../shared/schemas');
const coreSchema = join(schemas, 'xliff-21/schemas/xliff_core_2.0.xsd');
const missing = missingPrograms();
if (missing.length > 0) {
  console.error(`These programs are missing: ${missing.join(', ')}. docs/prove.md names their Debian packages.`);
  process.exit(1);
}
const validates = existsSync(coreSchema);
if (!validates) console.error(`SKIPPED: no schema at ${coreSchema}; XLIFF 2.1 is NOT validated. Set EXCHANGE_SCHEMAS.`);

const evidence = createEvidence('exchange');
const home = mkdtempSync(join(tmpdir(), 'headwater-exchange-'));
const violations: string[] = [];
const wrong = (what: string): void => {
  violations.push(what);
  console.log(`VIOLATION ${what}`);
};
const river = await openExchange(join(home, 'data'));
const { world } = river;
const counts = {
  filesOutAndBack: 0,
  linesOutAndBack: 0,
  emptyScopes: 0,
  changes: 0,
  xliff2Validated: 0,
  poChecked: 0,
  toolRuns: 0,
  toolLinesTaken: 0,
  toolRefusals: 0,
  faults: 0,
  refusals: {} as Record<string, number>,
  reports: 0,
  crashes: 0,
};

async function out(on: World, tag: string, format: ExchangeFormat, scope: ExchangeScope): Promise<Uint8Array | null> {
  try {
    const actor = await seatFor(on, await editionOf(on, tag));
    return (await exportUnits(on, actor, { edition: tag, format, scope })).bytes;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'nothingToExport') return null;
    throw error;
  }
}

async function outAndBack(tag: string, format: ExchangeFormat, scope: ExchangeScope): Promise<void> {
  const about = `${tag} ${format} ${scope.kind === 'lesson' ? scope.lesson : scope.kind}`;
  const bytes = await out(world, tag, format, scope);
  if (bytes === null) {
    counts.emptyScopes += 1;
    return;
  }
  const file = join(home, format === 'po' ? 'good.po' : 'good.xlf');
  writeFileSync(file, bytes);
  if (format === 'xliff2' && validates) {
    const said = complaint('xmllint', '--nonet', '--noout', '--schema', coreSchema, file);
    counts.xliff2Validated += 1;
    if (said !== null) wrong(`${about} is not valid: ${said}`);
  }
  if (format === 'po') {
    const said = complaint('msgfmt', '--check', '-o', '/dev/null', file);
    counts.poChecked += 1;
    if (said !== null) wrong(`${about}: msgfmt says ${said}`);
  }
  const brought = await bring(world, tag, about, bytes);
  if (brought.kind === 'refused') return wrong(`${about} is refused: ${brought.problem}`);
  const { lines } = brought;
  counts.filesOutAndBack += 1;
  counts.linesOutAndBack += lines.length;
  const others = lines.filter((line) => line.outcome !== 'same');
  if (others.length > 0) wrong(`${about}: ${others.length} lines are not the same, ${others[0]?.segment}`);
  counts.changes += (await take(world, tag, brought)).written.length;
}

/** A file that a second tool has written, taken in and put back. */
async function throughTool(tag: string, scope: ExchangeScope): Promise<void> {
  const before = await texts(tag);
  for (const run of toolRuns) {
    const about = `${run.name} on ${tag} ${scope.kind} ${run.from}`;
    const bytes = await out(world, tag, run.from, scope);
    if (bytes === null) continue;
    const source = join(home, run.from === 'po' ? 'source.po' : 'source.xlf');
    writeFileSync(source, bytes);
    const edited = readFileSync(run.run(source, home));
    const brought = await bring(world, tag, about, edited);
    counts.toolRuns += 1;
    if (brought.kind === 'refused') {
      counts.toolRefusals += 1;
      if (run.expect === 'texts' || run.expect === 'all') wrong(`${about} is refused: ${brought.problem}`);
    } else {
      const { lines } = brought;
      const taken = lines.filter((line) => line.outcome === 'taken');
      const expected = expectedOf(
        run.expect,
        lines.map((line) => line.segment),
        before,
      );
      // What a tool marks as a guess is told, not taken.
      const told = taken.length + lines.filter((line) => line.why === 'unfinished').length;
      if (told !== expected)
        wrong(
          `${about}: ${taken.length} of ${expected} lines taken: ${JSON.stringify(tally(lines.map((line) => line.why ?? line.outcome)))}`,
        );
      const done = await take(world, tag, brought);
      counts.toolLinesTaken += done.written.length;
      const after = await texts(tag);
      for (const line of taken) {
        if (after.get(line.segment)?.target !== line.theirs) wrong(`${about}: ${line.segment} is not as in the file`);
        if (after.get(line.segment)?.state !== 'translated') wrong(`${about}: ${line.segment} claims a state`);
      }
      const actor = await seatFor(world, await editionOf(world, tag));
      const kept = await undoFile(world, actor, { edition: tag, id: done.id });
      if (kept.length > 0) wrong(`${about}: ${kept.length} texts did not go back`);
    }
    const back = await texts(tag);
    if (JSON.stringify([...back]) !== JSON.stringify([...before])) wrong(`${about}: the texts before are not back`);
  }
}

const tally = (words: readonly string[]) =>
  Object.fromEntries(
    Map.groupBy(words, (word) => word)
      .entries()
      .map(([word, all]) => [word, all.length]),
  );

function expectedOf(
  expect: Expectation,
  lines: readonly string[],
  before: ReadonlyMap<string, { readonly target: string }>,
): number {
  const segments = [...new Set(lines)];
  if (expect === 'all') return segments.length;
  return expect === 'texts' ? segments.filter((segment) => (before.get(segment)?.target ?? '') !== '').length : 0;
}

/** The texts of an edition and what is said of them, without revisions. */
async function texts(tag: string) {
  const units = await world.store.units.ofEdition(tag);
  return new Map(
    units.map(({ segment, target, state, basedOn, by, reviewedBy }) => [
      segment,
      { target, state, basedOn, by, reviewedBy },
    ]),
  );
}

async function hostile(tag: string): Promise<void> {
  const random = randomFrom(seed);
  const good = Object.fromEntries(
    await Promise.all(
      exchangeFormats.map(
        async (format) => [format, (await out(world, tag, format, { kind: 'stale' })) ?? new Uint8Array()] as const,
      ),
    ),
  ) as Record<ExchangeFormat, Uint8Array>;
  const decoded = Object.fromEntries(
    exchangeFormats.map((format) => [format, new TextDecoder().decode(good[format])]),
  ) as Record<ExchangeFormat, string>;
  const made = handmade(decoded);
  const drawn = Array.from({ length: Math.max(0, faults - made.length) }, (_, n) =>
    mutate(good[exchangeFormats[n % 4] ?? 'po'], random),
  );
  const whole = await digest(world);
  const now = await texts(tag);
  for (const [index, fault] of [...made, ...drawn].entries()) {
    const about = `${index} ${fault.name}`;
    try {
      const brought = await bring(world, tag, about, fault.bytes);
      counts.faults += 1;
      if (brought.kind === 'refused') {
        counts.refusals[brought.problem] = (counts.refusals[brought.problem] ?? 0) + 1;
      } else {
        counts.reports += 1;
        for (const line of brought.lines) {
          const here = now.get(line.segment)?.target ?? '';
          if (line.why !== 'segmentUnknown' && line.ours !== here)
            wrong(`${about}: the report says another text than is here`);
          if (line.outcome === 'notTaken' && line.why === null) wrong(`${about}: a line without a reason`);
        }
      }
    } catch (error) {
      counts.crashes += 1;
      wrong(`${about} crashes: ${error instanceof Error ? error.stack : String(error)}`);
    }
    if (index % 50 !== 0) continue;
    if ((await digest(world)) !== whole) wrong(`${about}: something changed`);
    console.log(`${index} broken files`);
  }
  if ((await digest(world)) !== whole) wrong('the broken files changed something');
}

/** Runs the work, after which nothing of an edition may be different. */
async function unchanged(tag: string, work: () => Promise<void>): Promise<void> {
  const before = await digest(world, [tag]);
  await work();
  if ((await digest(world, [tag])) !== before) wrong(`${tag} is not as it was before its files went out and back`);
}

try {
  for (const tag of tags) {
    await unchanged(tag, async () => {
      for (const format of exchangeFormats) await outAndBack(tag, format, { kind: 'edition' });
    });
    console.log(`${tag}: whole, on its own release`);
  }
  for (const tag of tags) {
    await toNewest(world, tag);
    const lessons = (await world.store.releases.lessonPackage((await editionOf(world, tag)).upstream.release)).lessons;
    await unchanged(tag, async () => {
      for (const format of exchangeFormats) {
        await outAndBack(tag, format, { kind: 'edition' });
        await outAndBack(tag, format, { kind: 'stale' });
        for (const lesson of lessons) await outAndBack(tag, format, { kind: 'lesson', lesson: lesson.id });
      }
    });
    console.log(`${tag}: whole, stale and each lesson, on the newest release`);
  }
  for (const tag of tags) {
    await throughTool(tag, { kind: 'lesson', lesson: 'B4' });
    await throughTool(tag, { kind: 'stale' });
    console.log(`${tag}: through ${toolRuns.length} tools`);
  }
  await hostile('tr-TR');
} finally {
  await river.close();
  rmSync(home, { recursive: true, force: true });
}
if (counts.changes > 0) wrong(`${counts.changes} texts changed by going out and back`);
if (counts.faults + counts.crashes < faults) wrong(`${counts.faults} of ${faults} broken files were brought`);
const verdict = violations.length === 0 ? 'passed' : 'failed';
console.log(JSON.stringify(counts, null, 1));
const tools = toolRuns.map(({ name, from, expect }) => `${name} (${from}): ${expect}`);
const found = { ...counts, schemasPresent: validates, tools };
console.log(`${verdict}: ${evidence.write({ verdict, seed, faultsFired: counts.faults, counts: found, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
