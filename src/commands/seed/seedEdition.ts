import type { Edition, TranslationUnit } from '../../domain/edition/edition.ts';
import { textHash } from '../../domain/release/canonical.ts';
import type { Instant } from '../../domain/time.ts';
import { planUpdate } from '../../domain/update/planUpdate.ts';
import type { EditionFiles, EditionRecord } from '../../formats/content/editionFiles.ts';
import type { Store } from '../ports.ts';
import { loadDelta, loadOurSide } from '../update/loadUpdate.ts';
import type { Seed } from './readSeed.ts';

/** The hand that imported sample data; no person is invented for it. */
export const importer = 'seed';

/** An edition with its words and all that is its own. Nobody has reviewed any of it here. */
export async function seedEdition(store: Store, seed: Seed, { edition, units }: EditionFiles): Promise<void> {
  const sources = new Map(seed.releases.map(({ release, lessonPackage }) => [release.number, lessonPackage]));
  const record: Edition = {
    tag: edition.edition,
    partner: edition.partner.id,
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration,
    upstream: {
      release: edition.release,
      ahead: edition.ahead ?? [],
      ...(edition.passed === undefined ? {} : { passed: edition.passed }),
    },
    lessons: edition.lessons,
    ...standing(edition),
    exitUrl: edition.exitUrl,
    publication: null,
    withdrawn: null,
    revision: 1,
  };
  await store.editions.save(record);
  const adapted = new Set(edition.ledger.map((entry) => entry.segment));
  const at = `${edition.publishedOn ?? '2026-01-01'}T08:00:00.000Z`;
  await store.units.saveMany(
    units.flatMap(({ segment, target, release, back }): readonly TranslationUnit[] => {
      const source = sources.get(release)?.segments[segment];
      if (source === undefined) return [];
      return [
        {
          edition: edition.edition,
          segment,
          target,
          state: 'translated',
          basedOn: textHash(source.text),
          adapted: adapted.has(segment),
          backTranslation: back === undefined ? null : { text: back, by: null, of: textHash(target) },
          by: importer,
          reviewedBy: null,
          at,
          origin: 'seed',
          revision: 1,
        },
      ];
    }),
  );
  for (const entry of edition.ledger) {
    await store.ledger.save({
      ...entry,
      edition: edition.edition,
      owner: importer,
      on: entry.on ?? at.slice(0, 10),
      revision: 1,
    });
  }
  await seedOwnParts(store, edition, at);
  await storeCounts(store, record);
}

/** What a partner decided about the baseline's parts, under nobody's name. */
function standing({
  raised,
  summaries,
  kept,
  wordsPerHour,
}: EditionRecord): Pick<Edition, 'raised' | 'summaries' | 'kept' | 'wordsPerHour'> {
  return {
    ...(raised === undefined
      ? {}
      : {
          raised: Object.fromEntries(Object.entries(raised).map(([set, each]) => [set, { ...each, by: importer }])),
        }),
    ...(summaries === undefined
      ? {}
      : {
          summaries: Object.fromEntries(
            Object.entries(summaries).map(([set, each]) => [set, { ...each, by: importer }]),
          ),
        }),
    ...(kept === undefined ? {} : { kept }),
    ...(wordsPerHour === undefined ? {} : { wordsPerHour }),
  };
}

/** Minutes, orders, segments and lessons of its own; what it added waits for a second person as every text does. */
async function seedOwnParts(store: Store, record: EditionRecord, at: Instant): Promise<void> {
  const { edition, overrides = [], segments = [], ownLessons = [] } = record;
  for (const override of overrides) await store.overrides.save({ ...override, edition, owner: importer, revision: 1 });
  for (const lesson of ownLessons) {
    await store.material.saveLesson({ ...lesson, edition, by: importer, at, removed: false, revision: 1 });
  }
  for (const segment of segments) {
    const unread = { state: 'translated', by: importer, reviewedBy: null, at, past: [], removed: false } as const;
    await store.material.saveSegment({ ...segment, edition, ...unread, revision: 1 });
  }
}

/** What the newest release asks of an edition that stands on an older one. */
async function storeCounts(store: Store, edition: Edition): Promise<void> {
  const newest = await store.releases.newest();
  if (newest === null || newest.number === edition.upstream.release) return;
  const delta = await loadDelta(store, edition, { kind: 'release', release: newest.number });
  const { counts } = planUpdate(delta, await loadOurSide(store, edition, delta));
  await store.editions.saveCounts([{ tag: edition.tag, release: newest.number, counts }]);
}
