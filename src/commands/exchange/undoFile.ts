import type { Actor } from '../../domain/access/access.ts';
import type { TranslationUnit } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import { undoImport } from '../../domain/exchange/fileImport.ts';
import type { SegmentId } from '../../domain/package/lessonPackage.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';

/**
 * Puts back the texts that were here before a file was taken in. Returns the segments that somebody has written since:
 * they stay as they are. Throws `importUnknown`, `importDone` unless it is taken in.
 */
export async function undoFile(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly id: string },
): Promise<readonly SegmentId[]> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    authorize(actor, 'edition:exchange', { partner: edition.partner });
    const fileImport = await store.imports.byId(input.id);
    if (fileImport === null || fileImport.edition !== edition.tag) throw new DomainError('importUnknown');
    if (fileImport.state !== 'applied') throw new DomainError('importDone');
    const segments = fileImport.written.map(({ segment }) => segment);
    const units = new Map((await store.units.some(edition.tag, segments)).map((unit) => [unit.segment, unit]));
    const earlier = new Map<SegmentId, TranslationUnit>();
    for (const { segment, revision } of fileImport.written) {
      if (units.get(segment)?.revision !== revision || revision === 1) continue;
      const [before] = await store.units.history(edition.tag, segment);
      if (before !== undefined) earlier.set(segment, before);
    }
    const undone = undoImport(fileImport.written, units, earlier);
    await store.units.saveMany(undone.save);
    for (const unit of undone.retire) await store.units.retire(unit);
    await store.imports.save({ ...fileImport, state: 'undone', revision: fileImport.revision + 1 });
    return undone.kept;
  });
}
