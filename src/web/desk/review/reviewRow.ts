import type { Actor, Person } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { hasBackTranslation } from '../../../domain/edition/review.ts';
import { baselineLanguage, type WorkingUnit } from '../../../domain/edition/workingText.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { type Desk, lessonsNeeding } from '../today/loadDesk.ts';
import { waitsForReview } from '../today/waiting.ts';
import { anchorOf, unitHref } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';

export type ReviewRow = {
  readonly id: string;
  readonly anchor: string;
  readonly href: string;
  readonly about: string;
  readonly policy: string;
  /** Waits for a second person; the others are there to be read through. */
  readonly waits: boolean;
  readonly state: string;
  readonly source: readonly TextRun[];
  /** A segment of the edition's own: there is no source beside it. */
  readonly added: boolean;
  readonly ours: readonly TextRun[];
  /** Ours was marked against an earlier text. */
  readonly marked: boolean;
  readonly by: string;
  readonly at: string;
  readonly revision: number;
  readonly sharedIn: readonly string[];
  /** Of core text in another language. */
  readonly back: {
    readonly text: string;
    readonly by: string;
    readonly current: boolean;
    readonly mayWrite: boolean;
  } | null;
  /** What a tick sends: the text at the revision that stands here. Null where this person cannot agree. */
  readonly tick: string | null;
  readonly ticked: boolean;
  readonly mayReturn: boolean;
  /** Why there is no box to tick, and who can. */
  readonly why: string | null;
  /** Why the last agreement left it out. */
  readonly left: string | null;
  /** What was typed for its translator, and what was wrong with it. */
  readonly reason: string;
  readonly problem: string | null;
  readonly hrefs: { readonly back: string; readonly review: string };
};

export type Readers = {
  readonly actor: Actor;
  readonly names: ReadonlyMap<string, string>;
  /** People of the partner, to say who can. */
  readonly colleagues: readonly Person[];
  /** The text that this one is marked against, by segment: the last one agreed to, or the one just read. */
  readonly before: ReadonlyMap<string, string>;
  readonly ticked: (segment: string) => boolean;
  /** Of the agreement just tried: what was left out, and why. */
  readonly left: ReadonlyMap<string, string>;
  /** A text that could not be sent back as it was asked. */
  readonly refused: { readonly segment: string; readonly reason: string; readonly message: string } | null;
};

/** One text of the lesson beside its source. */
export function reviewRow(t: Translate, desk: Desk, readers: Readers, working: WorkingUnit, lesson: string): ReviewRow {
  const { edition, lessonPackage } = desk.working;
  const { actor, names, before } = readers;
  const { segment, unit } = working;
  const source = lessonPackage.segments[segment];
  const core = source?.policy === 'core';
  const waits = waitsForReview(desk, working);
  const me = actor.kind === 'person' ? actor.person.id : null;
  const mayReview = waits && can(actor, 'unit:review', { partner: edition.partner }) && unit?.by !== me;
  const needsBack = core && edition.language !== baselineLanguage;
  const lacksBack = needsBack && unit !== null && !hasBackTranslation(unit, edition.language);
  const old = waits ? before.get(segment) : undefined;
  const mayWrite = waits && can(actor, 'unit:write', { partner: edition.partner }) && unit?.by !== me;
  const text = working.text === '' ? (unit?.target ?? '') : working.text;
  const kind = t(`desk:segmentKinds.${source?.kind ?? 'paragraph'}`);
  const refused = readers.refused?.segment === segment ? readers.refused : null;
  return {
    id: segment,
    anchor: anchorOf('unit', segment),
    href: unitHref(edition.tag, lesson, segment),
    about: [kind, t(`desk:policies.${source?.policy ?? 'core'}`)].join(t('edition:comma')),
    policy: source?.policy ?? 'core',
    waits,
    state: working.origin === 'inherited' ? t('edition:workbench.inherited') : stateOf(t, working),
    source: plainRuns(working.source),
    added: desk.working.material?.segments.has(segment) ?? false,
    ours: old === undefined ? plainRuns(text) : markedRuns(old, text, edition.language),
    marked: old !== undefined,
    by: names.get(unit?.by ?? '') ?? '',
    at: unit?.at ?? '',
    revision: unit?.revision ?? 0,
    sharedIn: lessonsNeeding(lessonPackage, segment),
    back: needsBack && waits ? { ...backOf(working, names), mayWrite } : null,
    tick: mayReview && !lacksBack ? `${unit?.revision ?? 0}:${segment}` : null,
    ticked: readers.ticked(segment),
    mayReturn: mayReview,
    why: waits ? whyNot(t, readers, edition.partner, { author: unit?.by ?? '', mayReview, lacksBack }) : null,
    left: readers.left.get(segment) ?? null,
    reason: refused?.reason ?? '',
    problem: refused?.message ?? null,
    hrefs: {
      back: paths.unitBackTranslation.to(edition.tag, segment),
      review: paths.unitReview.to(edition.tag, segment),
    },
  };
}

function stateOf(t: Translate, { unit }: WorkingUnit): string {
  if (unit?.state === 'initial' && unit.sentBack !== undefined) return t('work:review.sentBack');
  return t(`desk:unitStates.${unit?.state ?? 'initial'}`);
}

function backOf({ unit }: WorkingUnit, names: ReadonlyMap<string, string>) {
  return {
    text: unit?.backTranslation?.text ?? '',
    by: names.get(unit?.backTranslation?.by ?? '') ?? '',
    current: unit?.backTranslation?.of === textHash(unit?.target ?? ''),
  };
}

type Case = { readonly author: string; readonly mayReview: boolean; readonly lacksBack: boolean };

/** Who can, where this person cannot. */
function whyNot(
  t: Translate,
  { colleagues }: Readers,
  partner: string,
  { author, mayReview, lacksBack }: Case,
): string | null {
  if (mayReview) return lacksBack ? t('edition:review.backFirst') : null;
  const able = colleagues
    .filter((person) => person.id !== author && can({ kind: 'person', person }, 'unit:review', { partner }))
    .map((person) => person.name);
  return able.length === 0 ? t('edition:review.nobody') : t('edition:review.who', { names: able });
}
