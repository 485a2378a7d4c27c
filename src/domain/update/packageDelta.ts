import type { Upstream } from '../edition/edition.ts';
import { baselineLanguage } from '../edition/workingText.ts';
import type { FactKey } from '../facts/fact.ts';
import type { LessonId, LessonPackage, Segment, SegmentId } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import { type Lineage, partsOf } from '../release/lineage.ts';
import { meaningOf, stalenessOf } from '../release/meaning.ts';
import type { ChangeSetId, Meaning, ReleaseNumber, SegmentRevision, Severity, TextHash } from '../release/release.ts';
import type { Day } from '../time.ts';
import { countWords } from './mergeWords.ts';
import { type Changed, movedWithin, placesOf, type Surrounding, surroundingsOf } from './placesIn.ts';

/** What happened to one segment between two releases, whatever lay between. */
export type SegmentDelta = {
  readonly id: SegmentId;
  readonly before: Segment | null;
  readonly after: Segment | null;
  readonly afterHash: TextHash | null;
  readonly meaning: Meaning;
  /** Null when the meaning is the same: untouched, editorial, or there and back. */
  readonly severity: Severity | null;
  readonly due: Day | null;
  readonly sets: readonly ChangeSetId[];
  /** Words of the source as it is now: counted once, for every edition. */
  readonly words: number;
  /** Lessons it stands in now; where it stood, for a removed one. */
  readonly lessons: readonly LessonId[];
  /** Lessons it stands in now and did not before. */
  readonly newLessons: readonly LessonId[];
  /** Lessons it stood in and does not any more. */
  readonly leftLessons: readonly LessonId[];
  /** It stands elsewhere within a lesson. */
  readonly moved: boolean;
  /** Of a new one that was split or joined: what of the base it was made from, through whatever lay between. */
  readonly parts: readonly SegmentId[];
  /** It had this meaning before, or was there before: an earlier unit may fit again. */
  readonly returns: boolean;
};

/** The cumulative difference between two releases: churn and reverts in between have cancelled out. */
export type PackageDelta = {
  readonly base: ReleaseNumber;
  readonly target: ReleaseNumber;
  /** Where an edition stands afterwards. */
  readonly upstream: Upstream;
  /** Sets that come along because the one wanted needs them. */
  readonly brought: readonly ChangeSetId[];
  readonly segments: ReadonlyMap<SegmentId, SegmentDelta>;
  /** Segments whose neighbours changed; `unchanged` is one that did not change itself. */
  readonly surroundings: ReadonlyMap<SegmentId, Surrounding & { readonly unchanged: SegmentDelta | null }>;
  readonly lessonsAdded: readonly LessonId[];
  readonly lessonsRemoved: readonly LessonId[];
  /** Facts that are new and required, or became required. */
  readonly factsNeeded: readonly FactKey[];
  /** Facts that changed their type: a value has to be verified again. */
  readonly factsRetyped: readonly FactKey[];
};

export type ReleasedPackage = {
  readonly number: ReleaseNumber;
  readonly lessonPackage: LessonPackage;
  /** Sets taken ahead, which are in the package. */
  readonly ahead?: readonly ChangeSetId[];
};

/**
 * Computed once for a pair of releases and used for every edition: its cost is one pass over the two packages, and
 * what editions pay for is the number of segments in it.
 */
export function packageDelta(
  base: ReleasedPackage,
  target: ReleasedPackage,
  history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>,
  lineage: Lineage = new Map(),
): PackageDelta {
  const from = base.lessonPackage;
  const to = target.lessonPackage;
  const [placesBefore, placesAfter, moved] = [placesOf(from), placesOf(to), movedWithin(from, to)];
  const segments = new Map<SegmentId, SegmentDelta>();
  for (const id of new Set([...Object.keys(from.segments), ...Object.keys(to.segments)])) {
    const before = from.segments[id] ?? null;
    const after = to.segments[id] ?? null;
    const was = placesBefore.get(id) ?? [];
    const is = placesAfter.get(id) ?? [];
    const newLessons = is.filter((lesson) => !was.includes(lesson));
    const leftLessons = was.filter((lesson) => !is.includes(lesson));
    const stays = newLessons.length === 0 && leftLessons.length === 0 && !moved.has(id);
    const same = before !== null && after !== null && before.text === after.text && before.policy === after.policy;
    if (same && stays) continue;
    const made = before === null ? (after?.from ?? []) : [];
    const parts = partsOf(made, (part) => Object.hasOwn(from.segments, part), lineage);
    const places = { parts, lessons: after === null ? was : is, newLessons, leftLessons, moved: moved.has(id) };
    segments.set(id, { id, before, after, ...places, ...textDelta(before, after, history[id] ?? []) });
  }
  const changed = [...segments.values()].flatMap((delta): Changed[] => {
    const severity = weightOf(delta);
    return severity === null ? [] : [{ ...delta, severity, lessons: [...delta.lessons, ...delta.leftLessons] }];
  });
  const lessonIds = (lessonPackage: LessonPackage) => lessonPackage.lessons.map((lesson) => lesson.id);
  return {
    base: base.number,
    target: target.number,
    upstream: { release: target.number, ahead: target.ahead ?? [] },
    brought: [],
    segments,
    surroundings: around(from, to, changed, segments, history),
    lessonsAdded: lessonIds(to).filter((id) => !lessonIds(from).includes(id)),
    lessonsRemoved: lessonIds(from).filter((id) => !lessonIds(to).includes(id)),
    ...factsDelta(from, to),
  };
}

function around(
  from: LessonPackage,
  to: LessonPackage,
  changed: readonly Changed[],
  segments: ReadonlyMap<SegmentId, SegmentDelta>,
  history: Readonly<Record<SegmentId, readonly SegmentRevision[]>>,
): PackageDelta['surroundings'] {
  const still = { parts: [], newLessons: [], leftLessons: [], moved: false };
  const places = placesOf(to);
  const found = new Map<SegmentId, Surrounding & { readonly unchanged: SegmentDelta | null }>();
  for (const [id, surrounding] of surroundingsOf(from, to, changed)) {
    const segment = segments.has(id) ? undefined : to.segments[id];
    const lessons = places.get(id) ?? [];
    const text = segment === undefined ? null : textDelta(segment, segment, history[id] ?? []);
    const unchanged =
      segment === undefined || text === null
        ? null
        : { id, before: segment, after: segment, lessons, ...still, ...text };
    found.set(id, { ...surrounding, unchanged });
  }
  return found;
}

/** Every segment whose unit or ledger entry a plan may ask for. */
export function concernsOf(delta: PackageDelta): readonly SegmentId[] {
  const parts = [...delta.segments.values()].flatMap((segment) => segment.parts);
  return [...new Set([...delta.segments.keys(), ...delta.surroundings.keys(), ...parts])];
}

type TextDelta = Pick<SegmentDelta, 'afterHash' | 'meaning' | 'severity' | 'due' | 'sets' | 'words' | 'returns'>;

function textDelta(before: Segment | null, after: Segment | null, revisions: readonly SegmentRevision[]): TextDelta {
  const afterHash = after === null ? null : textHash(after.text);
  const beforeHash = before === null ? null : textHash(before.text);
  const way = beforeHash === null || afterHash === null ? null : stalenessOf(revisions, beforeHash, afterHash);
  const first = after !== null && before === null ? revisions.at(-1) : undefined;
  const meaning = afterHash === null ? (beforeHash ?? '') : meaningOf(revisions, afterHash);
  return {
    afterHash,
    meaning,
    severity: way?.severity ?? null,
    due: way?.due ?? first?.due ?? null,
    sets: way?.sets ?? (first?.changeSet ? [first.changeSet] : setsSince(revisions, beforeHash)),
    words: after === null ? 0 : countWords(after.text, baselineLanguage),
    returns: returnsTo(revisions, meaning, beforeHash),
  };
}

/** Whether some earlier unit may have this meaning: it was there, and another one came in between. */
function returnsTo(revisions: readonly SegmentRevision[], meaning: Meaning, before: TextHash | null): boolean {
  const first = revisions.findIndex((revision) => revision.meaning === meaning);
  const last = revisions.findLastIndex((revision) => revision.meaning === meaning);
  const between = revisions.slice(first, last).some((revision) => revision.meaning !== meaning);
  return first >= 0 && (before === null ? true : between);
}

/** The sets that edited a segment after the text that the base has; for changes that kept the meaning. */
function setsSince(revisions: readonly SegmentRevision[], before: TextHash | null): readonly ChangeSetId[] {
  if (before === null) return [];
  const start = revisions.findLastIndex((revision) => revision.textHash === before);
  return revisions.slice(start + 1).flatMap((revision) => (revision.changeSet === null ? [] : [revision.changeSet]));
}

/** How much a change of a segment means to its neighbours; null for none. */
function weightOf(delta: SegmentDelta): Severity | null {
  if (delta.before === null || delta.after === null) return delta.due === null ? 'content' : 'safety';
  return delta.severity === 'editorial' ? null : delta.severity;
}

function factsDelta(from: LessonPackage, to: LessonPackage): Pick<PackageDelta, 'factsNeeded' | 'factsRetyped'> {
  const facts = Object.values(to.facts);
  return {
    factsNeeded: facts
      .filter((fact) => {
        const old = from.facts[fact.key];
        if (old === undefined) return fact.need === 'required' && fact.fallback === undefined;
        return fact.need === 'required' && (old.need !== 'required' || old.type !== fact.type);
      })
      .map((fact) => fact.key),
    factsRetyped: facts
      .filter((fact) => from.facts[fact.key] !== undefined && from.facts[fact.key]?.type !== fact.type)
      .map((fact) => fact.key),
  };
}
