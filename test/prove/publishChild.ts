/**
 * One life of the publishing process: it opens the data folder (which the one before may have left half way), brings the
 * public folder to what the store says, publishes facts only, changes one text of each lesson and publishes both. It says
 * what it does; the parent kills it somewhere.
 */
import { readFileSync } from 'node:fs';
import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import type { World } from '../../src/commands/ports.ts';
import { publishEdition } from '../../src/commands/publication/publishEdition.ts';
import type { Actor } from '../../src/domain/access/access.ts';
import { pointerFile } from '../../src/site/siteIndex.ts';
import { say, told } from './child.ts';
import { markOf, openRiver, provenEdition, provenLessons, provenSegments } from './river.ts';

export type Order = { readonly folder: string; readonly run: number; readonly standInFiles: boolean };

/** What the store and the disk say after a start. */
export type Report = {
  readonly publication: number | null;
  readonly newest: number;
  readonly numbers: readonly number[];
  readonly roots: readonly string[];
  readonly publishedEvents: number;
  /** Codes of the newest publication, in the order of its lessons. */
  readonly codes: Readonly<Record<string, string>>;
  readonly texts: readonly string[];
  readonly pointer: string;
};

async function report(world: World, publicFolder: string): Promise<Report> {
  const { store } = world;
  const edition = await store.editions.byTag(provenEdition);
  const publications = [...(await store.publications.ofEdition(provenEdition))].sort((a, b) => a.number - b.number);
  const shown = publications.find(({ number }) => number === edition?.publication);
  const events = await store.events.recent(`edition/${provenEdition}/publication/`, 100_000);
  const units = await Promise.all(provenSegments.map((segment) => store.units.byId(provenEdition, segment)));
  return {
    publication: edition?.publication ?? null,
    newest: await store.publications.newestNumber(provenEdition),
    numbers: publications.map(({ number }) => number),
    roots: publications.map(({ root }) => root),
    publishedEvents: events.filter(({ kind }) => kind === 'editionPublished').length,
    codes: Object.fromEntries(shown?.lessons.map(({ lesson, code }) => [lesson, code]) ?? []),
    texts: units.map((unit) => unit?.target ?? ''),
    pointer: readFileSync(pointerFile(publicFolder, provenEdition), 'utf8'),
  };
}

/** The same world, saying when the transaction begins and when it has been committed. */
const saying = (world: World): World => ({
  ...world,
  store: {
    ...world.store,
    transaction: async (work) => {
      say('record');
      const result = await world.store.transaction(work);
      say('project');
      return result;
    },
  },
});

async function publish(world: World, actor: Actor, lessons: readonly string[], onStep: (step: string) => void) {
  const edition = await world.store.editions.byTag(provenEdition);
  const input = { edition: provenEdition, lessons, revision: edition?.revision ?? 0 };
  let last = '';
  return publishEdition(world, actor, input, ({ step }) => {
    if (step !== last && step !== 'open') onStep(step);
    last = step;
  });
}

say('warm');
const { folder, run, standInFiles } = await told<Order>();
const river = await openRiver(folder, { standInFiles });
const { world, publicFolder } = river;
await world.site.projectAll();
say('recovered', await report(world, publicFolder));

const coordinator = (await world.store.people.all()).find((one) => one.roles.includes('coordinator'));
if (coordinator === undefined) throw new Error('nobody may publish');
const actor: Actor = { kind: 'person', person: coordinator };
await publish(world, actor, [], () => {});
say('factsPublished', await report(world, publicFolder));

for (const segment of provenSegments) {
  const revision = (await world.store.units.byId(provenEdition, segment))?.revision ?? 0;
  const adaptation = { kind: 'example', reason: 'A proof wrote it.' } as const;
  const target = `The proof wrote ${markOf(run)} here.`;
  await saveUnit(world, actor, { edition: provenEdition, segment, target, revision, adaptation });
}
say('saved');
say('publish');
await publish(saying(world), actor, provenLessons, say);
say('done', await report(world, publicFolder));
await river.close();
say('closed', river.warnings);
process.disconnect?.();
