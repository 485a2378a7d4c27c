import type { Actor } from '../../domain/access/access.ts';
import type { WorkingEdition } from '../../domain/edition/workingText.ts';
import { workingUnit } from '../../domain/edition/workingText.ts';
import { DomainError } from '../../domain/errors.ts';
import {
  type ExchangeFile,
  type ExchangeFormat,
  type ExchangeScope,
  exchangeLimits,
} from '../../domain/exchange/exchangeFile.ts';
import { exchangeUnits } from '../../domain/exchange/exchangeUnits.ts';
import { fileKinds, writeExchange } from '../../formats/exchange/exchange.ts';
import { authorize } from '../authorize.ts';
import { loadEdition, loadTranslations } from '../edition/loadWorking.ts';
import { oldSources } from '../edition/oldSources.ts';
import type { Store, World } from '../ports.ts';

export type ExportUnits = {
  readonly edition: string;
  readonly format: ExchangeFormat;
  readonly scope: ExchangeScope;
};
export type Exported = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** How many units it holds. */
  readonly count: number;
};

/**
 * The units of an edition as a file for another tool. Throws `lessonUnknown`, and `nothingToExport` where the scope is
 * empty.
 */
export async function exportUnits(world: World, actor: Actor, input: ExportUnits): Promise<Exported> {
  const { store } = world;
  const edition = await loadEdition(store, input.edition);
  authorize(actor, 'edition:exchange', { partner: edition.partner });
  const working = await loadTranslations(store, edition);
  const file = await exchangeFile(store, working, input.scope, world.now());
  const { ending, mediaType } = fileKinds[input.format];
  const bytes = writeExchange(input.format, file);
  if (bytes.length > exchangeLimits.bytes) throw new DomainError('exportTooLarge', { count: file.units.length });
  return { name: `${nameOf(file)}.${ending}`, mediaType, bytes, count: file.units.length };
}

/** The value that every format writes. Throws `lessonUnknown`, `nothingToExport`. */
export async function exchangeFile(
  store: Pick<Store, 'releases'>,
  working: WorkingEdition,
  scope: ExchangeScope,
  now: string,
): Promise<ExchangeFile> {
  const { edition, lessonPackage, units: own } = working;
  if (scope.kind === 'lesson' && !lessonPackage.lessons.some((lesson) => lesson.id === scope.lesson)) {
    throw new DomainError('lessonUnknown', { lesson: scope.lesson });
  }
  const looked = [...own.keys()].map((segment) => workingUnit(working, segment)).filter((unit) => unit !== null);
  const old = await oldSources(
    store,
    working,
    looked.filter((unit) => unit.staleness !== null),
  );
  const units = exchangeUnits(working, scope, old);
  if (units.length === 0) throw new DomainError('nothingToExport');
  const { tag, language, upstream } = edition;
  return { edition: tag, language, release: upstream.release, ahead: upstream.ahead, exportedAt: now, scope, units };
}

/** `tr-TR-B4-2026-11-24` */
function nameOf({ edition, scope, exportedAt }: ExchangeFile): string {
  const part = scope.kind === 'lesson' ? [scope.lesson] : scope.kind === 'stale' ? ['stale'] : [];
  return [edition, ...part, exportedAt.slice(0, 10)].join('-');
}
