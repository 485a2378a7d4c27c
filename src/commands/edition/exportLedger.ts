import type { Actor } from '../../domain/access/access.ts';
import { lessonsOfEntry } from '../../domain/edition/ledger.ts';
import { baselineSide, keyOf, type Override } from '../../domain/edition/override.ts';
import type { WorkingEdition } from '../../domain/edition/workingText.ts';
import { type LedgerLine, ledgerCsv, ledgerJson } from '../../formats/ledger/ledgerTable.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadEdition, loadWorking } from './loadWorking.ts';

export const ledgerFiles = ['csv', 'json'] as const;
export type LedgerFile = (typeof ledgerFiles)[number];
export type Exported = { readonly bytes: Uint8Array; readonly mediaType: string };

/** The whole ledger of an edition as a file: differences in words, omissions, minutes and orders. */
export async function exportLedger(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly as: LedgerFile },
): Promise<Exported> {
  const edition = await loadEdition(world.store, input.edition);
  authorize(actor, 'edition:read', { partner: edition.partner });
  const working = await loadWorking(world.store, edition);
  const people = new Map((await world.store.people.all()).map((person) => [person.id, person.name]));
  const lines = linesOf(working, (id) => people.get(id) ?? '');
  return input.as === 'csv'
    ? { bytes: ledgerCsv(lines), mediaType: 'text/csv; charset=utf-8' }
    : { bytes: ledgerJson(edition.tag, edition.upstream.release, lines), mediaType: 'application/json' };
}

function linesOf(working: WorkingEdition, nameOf: (person: string) => string): readonly LedgerLine[] {
  const { edition, lessonPackage, ledger, overrides = [], units } = working;
  const words = [...ledger.values()].map((entry): LedgerLine => {
    const { segment, kind, reason, owner, on, against, omits, declined } = entry;
    const source = lessonPackage.segments[segment];
    const unit = units.get(segment);
    return {
      edition: edition.tag,
      what: omits ? 'omission' : 'words',
      lessons: lessonsOfEntry(lessonPackage, segment),
      segment,
      policy: source?.policy ?? '',
      kind,
      reason,
      owner: nameOf(owner),
      on,
      against: against ?? '',
      declined: declined !== undefined,
      baseline: source?.text ?? '',
      ours: omits ? '' : (unit?.target ?? ''),
      backTranslation: unit?.backTranslation?.text ?? '',
    };
  });
  return [...words, ...overrides.map((override) => overrideLine(working, override, nameOf))];
}

function overrideLine(
  { lessonPackage }: WorkingEdition,
  override: Override,
  nameOf: (person: string) => string,
): LedgerLine {
  const { edition, lesson, section, kind, reason, owner, on, against } = override;
  const base = baselineSide(lessonPackage, keyOf(override));
  const segment = override.kind === 'minutes' ? override.segment : section;
  const said = (side: number | readonly string[] | null) =>
    side === null ? '' : typeof side === 'number' ? String(side) : side.join(' ');
  return {
    edition,
    what: kind,
    lessons: [lesson],
    segment,
    policy: lessonPackage.segments[segment]?.policy ?? '',
    kind,
    reason,
    owner: nameOf(owner),
    on,
    against,
    declined: false,
    baseline: said(base),
    ours: said(override.kind === 'minutes' ? override.minutes : override.order),
    backTranslation: '',
  };
}
