import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import { countsOf, type FileImport, planMark, unitsTaken } from '../../domain/exchange/fileImport.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';
import { openImport } from './loadImport.ts';

export type TakeFile = {
  readonly edition: string;
  readonly id: string;
  /** The mark of the lines that the person has seen. */
  readonly seen: string;
};

/**
 * Takes in what may be taken of a file, in one transaction; the report keeps every other text. Throws `importUnknown`,
 * `importDone`, and `staleRevision` when somebody has worked on one of its segments since the person looked.
 */
export async function takeFile(world: World, actor: Actor, input: TakeFile): Promise<FileImport> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'edition:exchange', { partner: edition.partner });
    const { fileImport, working, lines } = await openImport(store, edition, input.id);
    if (fileImport.state !== 'waiting') throw new DomainError('importDone');
    if (planMark(lines) !== input.seen) throw new DomainError('staleRevision', {});
    const now = world.now();
    const units = unitsTaken(lines, working, person.id, now);
    await store.units.saveMany(units);
    const counts = countsOf(lines);
    const done: FileImport = {
      ...fileImport,
      state: 'applied',
      bytes: '',
      counts,
      notTaken: lines.filter((line) => line.outcome === 'notTaken'),
      written: units.map(({ segment, revision }) => ({ segment, revision })),
      appliedAt: now,
      revision: fileImport.revision + 1,
    };
    await store.imports.save(done);
    await store.events.add({
      id: world.newId(),
      kind: 'audit',
      at: now,
      by: person.id,
      subject: `edition/${edition.tag}/imports/${fileImport.id}`,
      action: 'exchange/take',
      data: { name: fileImport.name, format: fileImport.format, hash: fileImport.hash, ...counts },
    });
    return done;
  });
}
