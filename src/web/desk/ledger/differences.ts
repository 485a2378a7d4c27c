import type { AdaptationKind, LedgerEntry } from '../../../domain/edition/edition.ts';
import { goesWith } from '../../../domain/edition/omission.ts';
import { baselineSide, keyOf, type Override } from '../../../domain/edition/override.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type Desk, lessonsNeeding } from '../today/loadDesk.ts';
import { anchorOf, unitHref } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, snippetOf, type TextRun } from '../workbench/textRuns.ts';

type Common = {
  /** Unique on the page and in its address. */
  readonly key: string;
  readonly anchor: string;
  readonly name: string;
  readonly href: string | null;
  readonly kind: AdaptationKind;
  readonly kindText: string;
  readonly reason: string;
  readonly owner: string;
  readonly ownerId: string;
  readonly on: string;
  readonly lessons: readonly string[];
  readonly revision: number;
  readonly core: boolean;
};

/** One deliberate difference, as the ledger shows it. */
export type Difference = Common &
  (
    | {
        readonly shape: 'words';
        readonly source: readonly TextRun[];
        /** Marked against the source, where both are in one language. */
        readonly ours: readonly TextRun[];
        readonly marked: boolean;
        /** What ours says, put back into the baseline's language, marked against the source. */
        readonly back: readonly TextRun[] | null;
        readonly declined: boolean;
      }
    | {
        readonly shape: 'omission';
        readonly source: readonly TextRun[];
        /** A difference in words that comes back with it. */
        readonly covers: string | null;
        /** What is left out with it: a step's body. */
        readonly with: readonly string[];
      }
    | {
        readonly shape: 'minutes';
        readonly source: readonly TextRun[];
        readonly minutes: number;
        readonly baseline: number | null;
        readonly section: string;
        readonly segment: string;
      }
    | {
        readonly shape: 'order';
        readonly section: string;
        readonly sectionText: string;
        readonly ours: readonly string[];
        readonly baseline: readonly string[];
      }
  );

export const entryKey = (segment: string): string => `words ${segment}`;
export function overrideKeyOf(override: Override): string {
  const { lesson, section, kind, segment } = keyOf(override);
  return [kind, lesson, section, ...(segment === null ? [] : [segment])].join(' ');
}

/** Every deliberate difference, the newest first. What went with an omission is told with it. */
export function differencesOf(t: Translate, desk: Desk, names: ReadonlyMap<string, string>): readonly Difference[] {
  const { ledger, overrides = [] } = desk.working;
  const entries = [...ledger.values()];
  const told = new Set(entries.filter((entry) => entry.omits).flatMap((entry) => followersOf(desk, entry)));
  return [
    ...entries.filter((entry) => !told.has(entry.segment)).map((entry) => entryDifference(t, desk, entry, names)),
    ...overrides.map((override) => overrideDifference(t, desk, override, names)),
  ].sort((one, other) => other.on.localeCompare(one.on) || one.key.localeCompare(other.key));
}

/** The omitted segments that stand in the ledger only because another one is left out. */
function followersOf(desk: Desk, entry: LedgerEntry): readonly string[] {
  return goesWith(desk.working.lessonPackage, entry.segment).filter((segment) => {
    const other = desk.working.ledger.get(segment);
    return segment !== entry.segment && other?.omits && other.reason === entry.reason;
  });
}

function entryDifference(t: Translate, desk: Desk, entry: LedgerEntry, names: ReadonlyMap<string, string>): Difference {
  const { edition, lessonPackage, units } = desk.working;
  const { segment } = entry;
  const lessons = lessonsNeeding(lessonPackage, segment);
  const source = lessonPackage.segments[segment]?.text ?? '';
  const common: Common = {
    key: entryKey(segment),
    anchor: anchorOf('unit', segment),
    name: segment,
    href: lessons[0] === undefined ? null : unitHref(edition.tag, lessons[0], segment),
    ...told(t, entry, names),
    kind: entry.kind,
    lessons,
    core: lessonPackage.segments[segment]?.policy === 'core',
  };
  if (entry.omits) {
    const covers = entry.before === undefined ? null : t(`desk:adaptationKinds.${entry.before.kind}`);
    return { ...common, shape: 'omission', source: plainRuns(source), covers, with: followersOf(desk, entry) };
  }
  const unit = units.get(segment);
  const ours = unit?.target ?? '';
  const same = edition.language === baselineLanguage;
  const made = unit?.backTranslation;
  const back = !same && made !== null && made?.of === textHash(ours) ? made.text : null;
  return {
    ...common,
    shape: 'words',
    source: plainRuns(source),
    ours: same && ours !== '' ? markedRuns(source, ours, baselineLanguage) : plainRuns(ours),
    marked: (same && ours !== '') || back !== null,
    back: back === null ? null : markedRuns(source, back, baselineLanguage),
    declined: entry.declined !== undefined,
  };
}

type Told = Pick<LedgerEntry, 'kind' | 'reason' | 'owner' | 'on' | 'revision'>;

function told(t: Translate, { kind, reason, owner, on, revision }: Told, names: ReadonlyMap<string, string>) {
  return {
    kindText: t(`desk:adaptationKinds.${kind}`),
    reason,
    owner: names.get(owner) ?? '',
    ownerId: owner,
    on,
    revision,
  };
}

function overrideDifference(
  t: Translate,
  desk: Desk,
  override: Override,
  names: ReadonlyMap<string, string>,
): Difference {
  const { edition, lessonPackage } = desk.working;
  const { lesson, section } = override;
  const key = overrideKeyOf(override);
  const base = baselineSide(lessonPackage, keyOf(override));
  const common: Common = {
    key,
    anchor: key.replace(/[^A-Za-z0-9._-]/g, '_'),
    name: override.kind === 'minutes' ? override.segment : lesson,
    href: `${paths.lessonStructure.to(edition.tag, lesson)}#section-${section.replace(/[^A-Za-z0-9._-]/g, '_')}`,
    ...told(t, override, names),
    kind: override.kind,
    lessons: [lesson],
    core: false,
  };
  if (override.kind === 'minutes') {
    const { segment, minutes } = override;
    const source = plainRuns(lessonPackage.segments[segment]?.text ?? '');
    return {
      ...common,
      shape: 'minutes',
      source,
      minutes,
      baseline: typeof base === 'number' ? base : null,
      section,
      segment,
    };
  }
  const nameOf = (segment: string) => snippetOf(lessonPackage.segments[segment]?.text ?? segment);
  const kind = lessonPackage.lessons
    .find((each) => each.id === lesson)
    ?.sections.find((each) => each.id === section)?.kind;
  return {
    ...common,
    shape: 'order',
    section,
    sectionText: kind === undefined ? section : t(`edition:sections.${kind}`),
    ours: override.order.map(nameOf),
    baseline: Array.isArray(base) ? base.map(nameOf) : [],
  };
}
