import { DomainError } from '../../domain/errors.ts';
import { announce } from '../announce.ts';
import type { FileFailure, World } from '../ports.ts';

/** A publication that did not go out is told to whoever began it and to the coordinators; readers see what they saw. */
export async function recordFailedPublication(world: World, tag: string, by: string, error: unknown): Promise<void> {
  await world.store.transaction(async (store) => {
    const edition = await store.editions.byTag(tag);
    if (edition === null) return;
    await announce(world, store, {
      kind: 'publicationFailed',
      by,
      edition: tag,
      partner: edition.partner,
      reason: error instanceof DomainError ? error.code : 'unexpected',
    });
  });
}

/** Files that could not be made behind an edition's pages are told to its coordinators, once for all of them. */
export async function recordFailedFiles(world: World, tag: string, failures: readonly FileFailure[]): Promise<void> {
  const [first] = failures;
  if (first === undefined) return;
  await world.store.transaction(async (store) => {
    const edition = await store.editions.byTag(tag);
    if (edition === null) return;
    await announce(world, store, {
      kind: 'filesFailed',
      by: null,
      edition: tag,
      partner: edition.partner,
      count: failures.length,
      first: [first.lesson, first.file].filter((each) => each !== null).join(' '),
    });
  });
}
