import type { Edition, LedgerEntry, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import { baselineLanguage } from '../../../src/domain/edition/workingText.ts';
import type { LessonPackage, SegmentId } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';
import type { History } from '../../../src/domain/release/meaning.ts';
import type { ReleaseNumber } from '../../../src/domain/release/release.ts';
import type { OurSide } from '../../../src/domain/update/planUpdate.ts';
import type { EditionFiles } from '../../../src/formats/content/editionFiles.ts';

export type EditionAt = OurSide & { readonly edition: Edition };

/**
 * An edition as it would have stood on an earlier release: every segment of that release which the edition has words for
 * is translated from the text that the release had. A segment that went before the edition was written has no words of
 * its own any more; an edition that has every lesson gets stand-in words for it, so that what becomes of them is seen.
 */
export function editionAt(
  files: EditionFiles,
  release: ReleaseNumber,
  lessonPackage: LessonPackage,
  history: History,
): EditionAt {
  const { edition, units } = files;
  const targets = new Map(units.map((unit) => [unit.segment, unit.target]));
  const ledger = new Map<SegmentId, LedgerEntry>(
    edition.ledger
      .filter((entry) => lessonPackage.segments[entry.segment] !== undefined)
      .map((entry) => [
        entry.segment,
        { ...entry, edition: edition.edition, owner: 'seed', on: '2023-01-01', revision: 1 },
      ]),
  );
  const offered = Object.entries(edition.lessons).filter(([, choice]) => choice.state === 'offered');
  const whole = edition.language !== baselineLanguage && offered.length === 17;
  const made = Object.values(lessonPackage.segments).flatMap((segment): TranslationUnit[] => {
    const target = targets.get(segment.id) ?? (whole ? `⟦${segment.text}⟧` : undefined);
    if (target === undefined) return [];
    return [
      {
        edition: edition.edition,
        segment: segment.id,
        target,
        state: 'reviewed',
        basedOn: textHash(segment.text),
        adapted: ledger.has(segment.id),
        backTranslation: null,
        by: 'seed',
        reviewedBy: 'second',
        at: '2023-01-01T00:00:00.000Z',
        origin: 'person',
        revision: 1,
      },
    ];
  });
  const lessons = lessonPackage.lessons.filter((lesson) => offered.some(([id]) => id === lesson.id));
  return {
    edition: {
      tag: edition.edition,
      partner: edition.partner.id,
      language: edition.language,
      country: edition.country,
      demonstration: true,
      upstream: { release, ahead: [] },
      lessons: Object.fromEntries(lessons.map((lesson) => [lesson.id, { state: 'offered' as const }])),
      exitUrl: edition.exitUrl,
      publication: null,
      withdrawn: null,
      revision: 1,
    },
    units: new Map(made.map((unit) => [unit.segment, unit])),
    ledger,
    history,
    filledFacts: new Set(Object.keys(lessonPackage.facts)),
  };
}
