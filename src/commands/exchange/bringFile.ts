import type { Actor } from '../../domain/access/access.ts';
import { countsOf, type FileImport } from '../../domain/exchange/fileImport.ts';
import { planImport } from '../../domain/exchange/planImport.ts';
import { authorize } from '../authorize.ts';
import { loadEdition, loadWorking } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { demandBytes, hashOfBytes, readFor } from './loadImport.ts';

export type BringFile = { readonly edition: string; readonly name: string; readonly bytes: Uint8Array };

/**
 * Looks at a file and keeps it until it is taken in: no text changes. A file that the same person brought before and did
 * not take in is forgotten. Throws `exchangeRefused`; then nothing is kept.
 */
export async function bringFile(world: World, actor: Actor, input: BringFile): Promise<FileImport> {
  const edition = await loadEdition(world.store, input.edition);
  const person = authorize(actor, 'edition:exchange', { partner: edition.partner });
  demandBytes(input.bytes);
  const read = readFor(edition, input.bytes);
  const lines = planImport(read.units, await loadWorking(world.store, edition));
  const fileImport: FileImport = {
    id: world.newId(),
    edition: edition.tag,
    by: person.id,
    at: world.now(),
    name: input.name,
    format: read.format,
    hash: hashOfBytes(input.bytes),
    state: 'waiting',
    bytes: Buffer.from(input.bytes).toString('base64'),
    counts: countsOf(lines),
    notTaken: [],
    written: [],
    appliedAt: null,
    revision: 1,
  };
  await world.store.transaction(async (store) => {
    await store.imports.dropWaiting(edition.tag, person.id);
    await store.imports.save(fileImport);
  });
  return fileImport;
}
