import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bringFile } from '../../src/commands/exchange/bringFile.ts';
import { openImport } from '../../src/commands/exchange/loadImport.ts';
import { takeFile } from '../../src/commands/exchange/takeFile.ts';
import type { World } from '../../src/commands/ports.ts';
import { readSeed } from '../../src/commands/seed/readSeed.ts';
import { seedStore } from '../../src/commands/seed/seedStore.ts';
import { applyEditionUpdate } from '../../src/commands/update/applyEditionUpdate.ts';
import type { Actor } from '../../src/domain/access/access.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { type FileImport, planMark } from '../../src/domain/exchange/fileImport.ts';
import type { ImportLine } from '../../src/domain/exchange/planImport.ts';
import { readContentFolder } from '../../src/files/contentFolder.ts';
import { openRiver, type River } from './river.ts';

export const tags = ['tr-TR', 'ar-EG', 'en-GB'] as const;

/** The real content in a real store: nothing published, since readers have no part in this. */
export async function openExchange(dataFolder: string): Promise<River> {
  const river = await openRiver(dataFolder, { standInFiles: true });
  const seed = readSeed(await readContentFolder(join(import.meta.dirname, '../../content')));
  const unpublished = seed.editions.map((files) => ({ ...files, edition: { ...files.edition, publishedOn: null } }));
  await seedStore(river.world, { ...seed, editions: unpublished }, () => {});
  return river;
}

/** A coordinator of the edition's partner. */
export async function seatFor(world: World, edition: Edition): Promise<Actor> {
  const person = {
    id: `prover-${edition.tag}`,
    name: 'Prover',
    email: `prover-${edition.tag}@example.org`,
    language: 'en',
    partner: edition.partner,
    roles: ['coordinator'],
    state: 'active',
    mail: 'none',
    epoch: 0,
    revision: 1,
  } as const;
  if ((await world.store.people.byId(person.id)) === null) await world.store.people.save(person);
  return { kind: 'person', person };
}

export async function editionOf(world: World, tag: string): Promise<Edition> {
  const edition = await world.store.editions.byTag(tag);
  if (edition === null) throw new Error(`no edition ${tag}`);
  return edition;
}

/** Takes an edition to the newest release, with everything left open: what changed is stale then. */
export async function toNewest(world: World, tag: string): Promise<void> {
  const edition = await editionOf(world, tag);
  const newest = await world.store.releases.newest();
  if (newest === null || newest.number === edition.upstream.release) return;
  await applyEditionUpdate(world, await seatFor(world, edition), { edition: tag, revision: edition.revision });
}

/** Everything that a file could change of the editions, in one hash. */
export async function digest(world: World, of: readonly string[] = tags): Promise<string> {
  const hash = createHash('sha256');
  for (const tag of of) {
    const { store } = world;
    hash.update(JSON.stringify(await store.units.ofEdition(tag)));
    hash.update(JSON.stringify(await store.ledger.ofEdition(tag)));
    hash.update(JSON.stringify(await store.editions.byTag(tag)));
  }
  return hash.digest('hex');
}

export type Brought =
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'report'; readonly fileImport: FileImport; readonly lines: readonly ImportLine[] };

/** Brings a file as the page does. What is neither a refusal nor a report is thrown: a crash. */
export async function bring(world: World, tag: string, name: string, bytes: Uint8Array): Promise<Brought> {
  const edition = await editionOf(world, tag);
  try {
    const fileImport = await bringFile(world, await seatFor(world, edition), { edition: tag, name, bytes });
    const { lines } = await openImport(world.store, edition, fileImport.id);
    return { kind: 'report', fileImport, lines };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'exchangeRefused') {
      return { kind: 'refused', problem: String(error.data.problem) };
    }
    throw error;
  }
}

/** Takes in what was brought. */
export async function take(world: World, tag: string, brought: Brought): Promise<FileImport> {
  if (brought.kind === 'refused') throw new Error(`refused: ${brought.problem}`);
  const actor = await seatFor(world, await editionOf(world, tag));
  return takeFile(world, actor, { edition: tag, id: brought.fileImport.id, seen: planMark(brought.lines) });
}
