import { saveUnit } from '../../src/commands/edition/saveUnit.ts';
import { applyEditionUpdate } from '../../src/commands/update/applyEditionUpdate.ts';
import { decideItem } from '../../src/commands/update/decideItem.ts';
import { undoEditionUpdate } from '../../src/commands/update/undoEditionUpdate.ts';
import type { Answer } from '../../src/domain/update/decide.ts';
import { type Name, revisionOf, type SmallWorld } from './smallWorld.ts';

/** What people do with the Turkish edition, each from what the store says at that moment. */
export function stepsIn(world: SmallWorld) {
  const release = async () => (await world.store.releases.newest())?.number;
  const upstream = async () => (await world.store.editions.byTag('tr-TR'))?.upstream.release;
  const rev = async (segment: string) => (await world.unit(segment))?.revision ?? 0;
  const save = async (who: Name, segment: string, target: string) =>
    saveUnit(world, world.as[who], { edition: 'tr-TR', segment, target, revision: await rev(segment) });
  const decide = async (who: Name, key: string, answer: Answer) =>
    decideItem(world, world.as[who], { edition: 'tr-TR', key, answer, unitRevision: await rev(key) });
  const apply = async (who: Name) =>
    applyEditionUpdate(world, world.as[who], { edition: 'tr-TR', revision: await revisionOf(world) });
  const undo = async (who: Name) =>
    undoEditionUpdate(world, world.as[who], { edition: 'tr-TR', revision: await revisionOf(world) });
  return { release, upstream, rev, save, decide, apply, undo };
}
