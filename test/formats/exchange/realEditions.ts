import { join } from 'node:path';
import { exchangeFile } from '../../../src/commands/exchange/exportUnits.ts';
import { readSeed } from '../../../src/commands/seed/readSeed.ts';
import type { TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { WorkingEdition } from '../../../src/domain/edition/workingText.ts';
import type { ExchangeFile, ExchangeScope } from '../../../src/domain/exchange/exchangeFile.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import { extendHistory, type History } from '../../../src/domain/release/meaning.ts';
import { readContentFolder } from '../../../src/files/contentFolder.ts';

const seed = readSeed(await readContentFolder(join(import.meta.dirname, '../../../content')));
export const newest = seed.releases.at(-1)?.release.number ?? '';
const at = '2026-11-01T08:00:00.000Z';

const packageOf = (number: string) => {
  const found = seed.releases.find(({ release }) => release.number === number);
  if (found === undefined) throw new Error(`no release ${number}`);
  return found.lessonPackage;
};
const history = seed.releases.reduce<History>((all, { revisions }) => extendHistory(all, revisions), {});

/** An edition of the real content as it works: on the release that it stands on, or on another. */
export function realEdition(tag: string, release?: string): WorkingEdition {
  const files = seed.editions.find(({ edition }) => edition.edition === tag);
  if (files === undefined) throw new Error(`no edition ${tag}`);
  const { edition, units } = files;
  const number = release ?? edition.release;
  const rows = units.flatMap(({ segment, target, release: from }): readonly TranslationUnit[] => {
    const source = packageOf(from).segments[segment];
    if (source === undefined) return [];
    return [
      {
        edition: tag,
        segment,
        target,
        state: 'translated',
        basedOn: textHash(source.text),
        adapted: false,
        backTranslation: null,
        by: 'somebody',
        reviewedBy: null,
        at,
        origin: 'seed',
        revision: 1,
      },
    ];
  });
  return {
    edition: {
      tag,
      partner: edition.partner.id,
      language: edition.language,
      country: edition.country,
      demonstration: true,
      upstream: { release: number, ahead: [] },
      lessons: edition.lessons,
      exitUrl: edition.exitUrl,
      publication: null,
      withdrawn: null,
      revision: 1,
    },
    lessonPackage: packageOf(number),
    units: new Map(rows.map((unit) => [unit.segment, unit])),
    ledger: new Map(
      edition.ledger.map((entry) => [
        entry.segment,
        { ...entry, edition: tag, owner: 'x', on: '2026-11-01', revision: 1 },
      ]),
    ),
    history,
  };
}

/** What leaves of it. */
export const realFile = (working: WorkingEdition, scope: ExchangeScope): Promise<ExchangeFile> =>
  exchangeFile(
    { releases: { lessonPackage: async (number: string) => packageOf(number) } as never },
    working,
    scope,
    at,
  );
