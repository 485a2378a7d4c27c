import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { adaptationKinds } from '../../../domain/edition/edition.ts';
import { baselineLanguage, type WorkingUnit } from '../../../domain/edition/workingText.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { isStale, lessonsNeeding } from '../today/loadDesk.ts';
import { waitsForReview } from '../today/waiting.ts';
import { type FactShown, placeholderNames, valuesOf } from './factValues.ts';
import type { LessonDesk } from './lessonDesk.ts';
import { plainRuns, type TextRun } from './textRuns.ts';

/** What somebody typed and could not save, to be shown again. */
export type Typed = { readonly target: string; readonly kind: string; readonly reason: string };

/** The row being worked on. */
export type OpenUnit = {
  readonly target: string;
  readonly revision: number;
  readonly note: string | null;
  /** The source as it is written, to be copied. */
  readonly sourceText: string;
  readonly mayWrite: boolean;
  /** Why the source changed, and who said so. */
  readonly reasons: readonly { readonly reason: string; readonly author: string; readonly release: string }[];
  /** Source before the change, as it was. */
  readonly oldSource: readonly TextRun[] | null;
  readonly values: readonly FactShown[];
  readonly sharedIn: readonly string[];
  readonly backTranslation: {
    readonly text: string;
    readonly by: string;
    readonly current: boolean;
    readonly mayWrite: boolean;
    readonly href: string;
  } | null;
  readonly adaptation: {
    readonly kinds: readonly { readonly kind: string; readonly text: string; readonly chosen: boolean }[];
    readonly reason: string;
    readonly entry: {
      readonly kind: string;
      readonly reason: string;
      readonly owner: string;
      readonly on: string;
    } | null;
    readonly open: boolean;
  } | null;
  readonly review: string | null;
  /** Why a second person sent the text back; null once it is saved anew. */
  readonly sentBack: { readonly by: string; readonly at: string; readonly reason: string } | null;
  /** The source's facts as they are written in a text, each once: for the buttons that put one in. */
  readonly placeholders: readonly string[];
  readonly hrefs: {
    readonly save: string;
    readonly confirm: string | null;
    readonly undo: string;
    readonly keepSaved: string;
    readonly draft: string;
    readonly dropDraft: string;
  };
  readonly core: boolean;
};

export type About = {
  readonly t: Translate;
  readonly actor: Actor;
  readonly desk: LessonDesk;
  readonly names: ReadonlyMap<string, string>;
  readonly old: string | undefined;
  readonly typed: Typed | null;
  /** What is put into the field, unsaved, in place of the text: an earlier one, a draft, the source. */
  readonly filled: string | null;
};

/** Everything that the opened row shows beside what every row shows. */
export function openUnit(about: About, working: WorkingUnit): OpenUnit {
  const { t, actor, desk, names, old, typed, filled } = about;
  const { edition, lessonPackage, ledger } = desk.working;
  const { segment, unit } = working;
  const source = lessonPackage.segments[segment];
  const core = source?.policy === 'core';
  const mayWrite = can(actor, 'unit:write', { partner: edition.partner });
  const target = typed?.target ?? filled ?? working.text;
  // What the edition added has no source that it could differ from.
  const added = desk.working.material?.segments.has(segment) ?? false;
  const entry = ledger.get(segment);
  const fits = mayWrite && unit !== null && working.origin === 'unit' && isStale(working);
  return {
    target,
    revision: unit?.revision ?? 0,
    note: source?.note ?? null,
    sourceText: working.source,
    mayWrite,
    reasons: reasonsOf(desk, working, names),
    oldSource: old === undefined ? null : plainRuns(old),
    placeholders: placeholderNames(working.source),
    values: valuesOf(t, desk, working.source),
    sharedIn: lessonsNeeding(lessonPackage, segment),
    backTranslation: core && edition.language !== baselineLanguage ? backTranslationOf(about, working, mayWrite) : null,
    adaptation:
      core || added
        ? null
        : {
            kinds: adaptationKinds
              .filter((kind) => kind !== 'omission')
              .map((kind) => ({
                kind,
                text: t(`desk:adaptationKinds.${kind}`),
                chosen: kind === (typed?.kind ?? ''),
              })),
            reason: typed?.reason ?? '',
            entry:
              entry === undefined
                ? null
                : {
                    kind: t(`desk:adaptationKinds.${entry.kind}`),
                    reason: entry.reason,
                    owner: names.get(entry.owner) ?? '',
                    on: entry.on,
                  },
            open: Boolean(typed?.kind || typed?.reason),
          },
    review:
      unit !== null && waitsForReview(desk, working)
        ? `${paths.review.to(edition.tag)}?${new URLSearchParams({ unit: working.segment })}`
        : null,
    sentBack: sentBackOf(about, working),
    hrefs: {
      save: paths.unit.to(edition.tag, segment),
      confirm: fits ? paths.unitConfirmation.to(edition.tag, segment) : null,
      undo: paths.unitUndo.to(edition.tag, segment),
      keepSaved: paths.unitKept.to(edition.tag, segment),
      draft: paths.unitDraft.to(edition.tag, segment),
      dropDraft: paths.unitDraftDropped.to(edition.tag, segment),
    },
    core,
  };
}

function sentBackOf({ t, names }: About, { unit }: WorkingUnit): OpenUnit['sentBack'] {
  if (unit?.state !== 'initial' || unit.sentBack === undefined) return null;
  const { by, at, reason } = unit.sentBack;
  return { by: names.get(by) ?? t('edition:somebody'), at, reason };
}

function reasonsOf(
  desk: LessonDesk,
  { staleness }: WorkingUnit,
  names: ReadonlyMap<string, string>,
): OpenUnit['reasons'] {
  const wanted = new Set(staleness?.sets ?? []);
  return desk.releases.flatMap((release) =>
    release.sets
      .filter((set) => wanted.has(set.id))
      .map((set) => ({ reason: set.reason, author: names.get(set.author) ?? '', release: release.number })),
  );
}

function backTranslationOf(
  { actor, desk, names }: About,
  { segment, unit }: WorkingUnit,
  mayWrite: boolean,
): OpenUnit['backTranslation'] {
  if (unit === null) return null;
  const made = unit.backTranslation;
  const me = actor.kind === 'person' ? actor.person.id : null;
  return {
    text: made?.text ?? '',
    by: names.get(made?.by ?? '') ?? '',
    current: made !== null && made.of === textHash(unit.target),
    mayWrite: mayWrite && unit.by !== me,
    href: paths.unitBackTranslation.to(desk.working.edition.tag, segment),
  };
}
