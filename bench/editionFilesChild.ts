/**
 * The lives that the bench of an edition's files measures. `seed`: the real content with one edition, and no files.
 * `build`: the whole product as `npm start` has it, which builds what is missing and does what it is told.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { saveUnit } from '../src/commands/edition/saveUnit.ts';
import type { World } from '../src/commands/ports.ts';
import { publishEdition } from '../src/commands/publication/publishEdition.ts';
import { readSeed } from '../src/commands/seed/readSeed.ts';
import { seedStore } from '../src/commands/seed/seedStore.ts';
import { makeFolders, readConfig } from '../src/config.ts';
import { openDatabase } from '../src/database.ts';
import type { Actor } from '../src/domain/access/access.ts';
import { readContentFolder } from '../src/files/contentFolder.ts';
import { start } from '../src/main.ts';
import { say } from '../test/prove/child.ts';
import { idleSite } from '../test/web/idleSite.ts';

/** `change`: one text of the lesson is another. `again`: every lesson is published as it was. */
export type FilesOrder = { readonly kind: 'change' | 'again' | 'project' | 'close' };
/** What a stretch of work did to the event loop, in ms, and how far the files are. */
export type FilesReport = {
  readonly delay: {
    readonly most: number;
    readonly p99: number;
    readonly over100: number;
    /** The most that this thread worked between two turns of the loop: says the same where others are at work, too. */
    readonly mostWorked: number;
  };
  readonly groups: readonly { readonly group: string; readonly built: number; readonly of: number }[];
  readonly failures: number;
};

const [life = '', folder = '', tag = ''] = process.argv.slice(2);
const segment = 'B4.before.2';
const config = readConfig({ DATA_DIR: folder, PORT: '0' });

async function seedOnly(): Promise<void> {
  makeFolders(config);
  const database = await openDatabase(config, () => {});
  const { store } = database;
  const world: World = {
    store,
    wording: new Map(),
    now: () => new Date().toISOString(),
    newId: () => randomBytes(16).toString('base64url'),
    site: idleSite,
  };
  const seed = readSeed(await readContentFolder(join(import.meta.dirname, '../content')));
  const editions = seed.editions.filter(({ edition }) => edition.edition === tag);
  if (editions.length !== 1) throw new Error(`the content has no edition ${tag}`);
  await seedStore(world, { ...seed, editions }, () => {});
  for (const person of await store.people.all()) {
    if (person.roles.includes('coordinator')) {
      await store.people.save({ ...person, state: 'active', revision: person.revision + 1 });
    }
  }
  await database.close();
}

/** Processor time of this thread. */
function workedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Blocks of the event loop: what a request for a page would have waited for. */
function watchLoop() {
  const resolution = 5;
  const histogram = monitorEventLoopDelay({ resolution });
  let over100 = 0;
  let [last, worked, mostWorked] = [performance.now(), workedMs(), 0];
  const ticking = setInterval(() => {
    const now = performance.now();
    if (now - last - resolution > 100) over100++;
    last = now;
    const sum = workedMs();
    mostWorked = Math.max(mostWorked, Math.round(sum - worked));
    worked = sum;
  }, resolution);
  histogram.enable();
  return (): FilesReport['delay'] => {
    clearInterval(ticking);
    histogram.disable();
    const milliseconds = (nanoseconds: number): number => Math.max(0, Math.round(nanoseconds / 1e6) - resolution);
    return { most: milliseconds(histogram.max), p99: milliseconds(histogram.percentile(99)), over100, mostWorked };
  };
}

async function serveAndBuild(): Promise<void> {
  const running = await start(config, { contentFolder: null, print: () => {}, logLevel: 'warn' });
  const { world } = running;
  say('listening', running.address);
  let ended = watchLoop();
  const report = (): FilesReport => {
    const progress = world.site.files(tag);
    return { delay: ended(), groups: progress?.groups ?? [], failures: progress?.failures.length ?? 0 };
  };
  await running.ready;
  await running.filesSettled();
  say('built', report());
  const coordinator = (await world.store.people.all()).find((one) => one.roles.includes('coordinator'));
  if (coordinator === undefined) throw new Error('nobody may publish');
  const actor: Actor = { kind: 'person', person: coordinator };

  process.on('message', ({ kind }: FilesOrder) => {
    void follow(kind).catch((problem: unknown) => {
      console.error(problem);
      process.exit(1);
    });
  });
  say('waiting');

  async function follow(kind: FilesOrder['kind']): Promise<void> {
    if (kind === 'close') {
      await running.close();
      process.disconnect?.();
      return;
    }
    ended = watchLoop();
    if (kind === 'project') await world.site.projectAll();
    else {
      if (kind === 'change') await changeText();
      const edition = await world.store.editions.byTag(tag);
      const current = await world.store.publications.byNumber(tag, edition?.publication ?? 0);
      const lessons = kind === 'change' ? ['B4'] : (current?.lessons.map(({ lesson }) => lesson) ?? []);
      await publishEdition(world, actor, { edition: tag, lessons, revision: edition?.revision ?? 0 });
    }
    await running.filesSettled();
    say(kind, report());
  }

  async function changeText(): Promise<void> {
    const unit = await world.store.units.byId(tag, segment);
    const adaptation = { kind: 'example', reason: 'A bench wrote it.' } as const;
    const target = `${unit?.target ?? ''} Bu cümleyi bir ölçüm yazdı.`;
    await saveUnit(world, actor, { edition: tag, segment, target, revision: unit?.revision ?? 0, adaptation });
  }
}

await (life === 'seed' ? seedOnly() : serveAndBuild());
if (life === 'seed') process.disconnect?.();
