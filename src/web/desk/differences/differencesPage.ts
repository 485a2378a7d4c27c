import {
  adaptationKinds,
  type Edition,
  type LedgerEntry,
  type TranslationUnit,
} from '../../../domain/edition/edition.ts';
import { lessonsOfEntry } from '../../../domain/edition/ledger.ts';
import type { SegmentSum } from '../../../domain/edition/ledgerSum.ts';
import type { Override } from '../../../domain/edition/override.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { directionOf } from '../../../domain/language.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { baselineTitle } from '../baseline/lessonText.ts';
import { editionName } from '../frame.ts';
import { anchorOf } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, snippetOf, type TextRun } from '../workbench/textRuns.ts';
import { differenceHref } from './changedRows.ts';

export type SumRow = {
  readonly segment: string;
  readonly anchor: string;
  readonly href: string;
  readonly snippet: string;
  readonly lessons: readonly string[];
  readonly core: boolean;
  /** No longer in the newest release. */
  readonly gone: boolean;
  readonly editions: number;
  readonly share: number;
  readonly causes: readonly { readonly text: string; readonly count: number }[];
  readonly omitted: number;
  readonly declined: number;
};

/** One edition's difference, opened. */
export type Told = {
  readonly tag: string;
  readonly name: string;
  readonly href: string;
  readonly kind: string;
  readonly reason: string;
  readonly owner: string;
  readonly on: string;
  readonly omits: boolean;
  readonly declined: boolean;
  readonly ours: readonly TextRun[];
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly back: readonly TextRun[] | null;
};

/** The sums of all editions as rows; the most changed first, as they came. */
export function sumRows(
  t: Translate,
  lessonPackage: LessonPackage,
  sums: readonly SegmentSum[],
  editions: number,
): readonly SumRow[] {
  return sums.map(({ segment, kinds, omitted, declined, editions: changed }) => ({
    segment,
    anchor: anchorOf('unit', segment),
    href: differenceHref(segment),
    snippet: snippetOf(lessonPackage.segments[segment]?.text ?? ''),
    lessons: lessonsOfEntry(lessonPackage, segment),
    core: lessonPackage.segments[segment]?.policy === 'core',
    gone: lessonPackage.segments[segment] === undefined,
    editions: changed,
    share: editions === 0 ? 0 : Math.round((100 * changed) / editions),
    causes: adaptationKinds
      .flatMap((kind) => ({ text: t(`desk:adaptationKinds.${kind}`), count: kinds[kind] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((one, other) => other.count - one.count),
    omitted,
    declined,
  }));
}

/** Who does what with one segment, and why. */
export function toldRows(
  t: Translate,
  language: string,
  source: string,
  found: {
    readonly entries: readonly LedgerEntry[];
    readonly units: readonly TranslationUnit[];
    readonly editions: readonly Edition[];
    readonly names: ReadonlyMap<string, string>;
  },
): readonly Told[] {
  const units = new Map(found.units.map((unit) => [unit.edition, unit]));
  const editions = new Map(found.editions.map((edition) => [edition.tag, edition]));
  return found.entries
    .flatMap((entry): readonly Told[] => {
      const edition = editions.get(entry.edition);
      if (edition === undefined) return [];
      const unit = entry.omits ? undefined : units.get(entry.edition);
      const same = edition.language === baselineLanguage;
      const ours = unit?.target ?? '';
      const made = unit?.backTranslation;
      const back = made?.of === textHash(ours) ? (made?.text ?? null) : null;
      return [
        {
          tag: edition.tag,
          name: editionName(edition, language),
          href: paths.deskEdition.to(edition.tag),
          kind: t(`desk:adaptationKinds.${entry.kind}`),
          reason: entry.reason,
          owner: found.names.get(entry.owner) ?? '',
          on: entry.on,
          omits: entry.omits,
          declined: entry.declined !== undefined,
          ours: same && ours !== '' ? markedRuns(source, ours, baselineLanguage) : plainRuns(ours),
          lang: edition.language,
          dir: directionOf(edition.language),
          back: back === null ? null : markedRuns(source, back, baselineLanguage),
        },
      ];
    })
    .sort((one, other) => one.tag.localeCompare(other.tag));
}

/** Minutes and orders of their own, by the step or the section. */
export function overrideRows(lessonPackage: LessonPackage, overrides: readonly Override[]) {
  const places = Map.groupBy(overrides, ({ kind, lesson, section, ...rest }) =>
    [kind, lesson, section, 'segment' in rest ? rest.segment : ''].join(' '),
  );
  return [...places.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const segment = first.kind === 'minutes' ? first.segment : null;
      return {
        kind: first.kind,
        name: segment ?? first.lesson,
        lesson: first.lesson,
        snippet: segment === null ? '' : snippetOf(lessonPackage.segments[segment]?.text ?? ''),
        editions: group.length,
        reasons: group.map((each) => ({
          tag: each.edition,
          href: paths.deskEdition.to(each.edition),
          reason: each.reason,
          minutes: each.kind === 'minutes' ? each.minutes : null,
        })),
      };
    })
    .sort((one, other) => other.editions - one.editions || one.name.localeCompare(other.name));
}

/** Lessons that editions leave out, with their reasons. */
export function leftOutRows(lessonPackage: LessonPackage, editions: readonly Edition[]) {
  return lessonPackage.lessons
    .map((lesson) => ({
      lesson: lesson.id,
      title: baselineTitle(lessonPackage, lesson),
      reasons: editions
        .filter((edition) => edition.lessons[lesson.id]?.state === 'leftOut')
        .map((edition) => ({
          tag: edition.tag,
          href: paths.deskEdition.to(edition.tag),
          reason: edition.lessons[lesson.id]?.reason ?? '',
        })),
    }))
    .filter((row) => row.reasons.length > 0)
    .sort((one, other) => other.reasons.length - one.reasons.length);
}
