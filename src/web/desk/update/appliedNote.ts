import type { Store } from '../../../commands/ports.ts';
import type { Edition, TranslationUnit } from '../../../domain/edition/edition.ts';
import type { Update } from '../../../domain/update/update.ts';

/** What the last applied update did, while it can still be taken back. */
export type AppliedNote = {
  readonly base: string;
  readonly target: string;
  readonly set: string | null;
  readonly at: string;
  readonly by: string;
  readonly redone: number;
  readonly confirmed: number;
  readonly later: number;
  readonly returned: readonly string[];
  /** Written by somebody since: they stay when the update is taken back. */
  readonly stays: readonly string[];
};

/** Null when there is none, or when a publication has followed it. */
export async function loadAppliedNote(
  store: Store,
  edition: Edition,
  names: ReadonlyMap<string, string>,
): Promise<AppliedNote | null> {
  const update = await store.updates.applied(edition.tag);
  if (update?.state !== 'applied' || update.appliedAt === null) return null;
  const { publication } = edition;
  const published = publication === null ? null : await store.publications.byNumber(edition.tag, publication);
  if (published !== null && published.at > update.appliedAt) return null;
  const units = await store.units.some(
    edition.tag,
    update.log.map((line) => line.key),
  );
  return appliedNote(update, new Map(units.map((unit) => [unit.segment, unit])), names);
}

export function appliedNote(
  update: Update,
  units: ReadonlyMap<string, TranslationUnit>,
  names: ReadonlyMap<string, string>,
): AppliedNote {
  const done = (kind: string) => update.log.filter((line) => line.done === kind).length;
  const wrote = update.log.filter((line) => line.unitBefore !== undefined && line.unitBefore !== line.unitRevision);
  return {
    base: update.base,
    target: update.target,
    set: update.set ?? null,
    at: update.appliedAt ?? '',
    by: names.get(update.startedBy) ?? '',
    redone: done('redone'),
    confirmed: done('confirmed'),
    later: done('later'),
    returned: update.log.filter((line) => line.done === 'returned').map((line) => line.key),
    stays: wrote.filter((line) => (units.get(line.key)?.revision ?? 0) !== line.unitRevision).map((line) => line.key),
  };
}
