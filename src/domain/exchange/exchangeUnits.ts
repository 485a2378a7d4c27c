import { standInsOf } from '../edition/readiness.ts';
import { segmentsOf, type WorkingEdition, workingUnit } from '../edition/workingText.ts';
import type { Lesson, LessonId, SectionId, SegmentId } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import type { ExchangeScope, ExchangeUnit } from './exchangeFile.ts';

type Place = { readonly lessons: LessonId[]; readonly section: SectionId };

/**
 * The units of an edition that a file takes along, in reading order: what the ledger leaves out stays at home, and so do
 * lessons that are left out. A whole edition brings its texts that no lesson places, too. `oldSources`: of stale units.
 */
export function exchangeUnits(
  working: WorkingEdition,
  scope: ExchangeScope,
  oldSources: ReadonlyMap<SegmentId, string>,
): readonly ExchangeUnit[] {
  const lessons = working.lessonPackage.lessons.filter((lesson) => goesOut(working, lesson, scope));
  const places = placesIn(working, lessons);
  const unplaced = scope.kind === 'lesson' ? [] : [...working.units.keys()].filter((segment) => !places.has(segment));
  const elsewhere = placesIn(working, working.lessonPackage.lessons);
  const segments = [...places.keys(), ...unplaced.filter((segment) => !elsewhere.has(segment)).sort()];
  return segments
    .map((segment) => unitOf(working, segment, places.get(segment), oldSources.get(segment) ?? null))
    .filter((unit) => unit !== null)
    .filter((unit) => scope.kind !== 'stale' || unit.stamp.stale !== null);
}

function goesOut(working: WorkingEdition, lesson: Lesson, scope: ExchangeScope): boolean {
  if (scope.kind === 'lesson') return lesson.id === scope.lesson;
  return working.edition.lessons[lesson.id]?.state !== 'leftOut';
}

/** Every segment that these lessons need, with all of them and its section in the first. */
function placesIn(working: WorkingEdition, lessons: readonly Lesson[]): ReadonlyMap<SegmentId, Place> {
  const places = new Map<SegmentId, Place>();
  for (const lesson of lessons) {
    for (const segment of [...segmentsOf(lesson), ...standInsOf(working.lessonPackage, lesson)]) {
      const known = places.get(segment);
      if (known === undefined) places.set(segment, { lessons: [lesson.id], section: sectionOf(lesson, segment) });
      else if (!known.lessons.includes(lesson.id)) known.lessons.push(lesson.id);
    }
  }
  return places;
}

const sectionOf = (lesson: Lesson, segment: SegmentId): SectionId =>
  lesson.sections.find((section) => section.placements.some((placement) => placement.segment === segment))?.id ?? '';

function unitOf(
  working: WorkingEdition,
  segment: SegmentId,
  place: Place | undefined,
  oldSource: string | null,
): ExchangeUnit | null {
  const source = working.lessonPackage.segments[segment];
  const here = workingUnit(working, segment);
  if (source === undefined || here === null || here.omitted) return null;
  const severity = here.staleness?.severity ?? 'editorial';
  const stale = severity === 'editorial' ? null : severity;
  return {
    segment,
    source: source.text.toWellFormed(),
    target: here.text.toWellFormed(),
    note: source.note ?? null,
    oldSource: stale === null ? null : oldSource,
    stamp: {
      lessons: place?.lessons ?? [],
      section: place?.section ?? '',
      kind: source.kind,
      policy: source.policy,
      // What an edition inherits counts as done.
      state: here.unit?.state ?? (here.text === '' ? 'initial' : 'translated'),
      stale,
      revision: here.unit?.revision ?? 0,
      sourceHash: here.sourceHash,
      targetHash: textHash(here.text),
      basedOn: here.unit?.basedOn ?? null,
    },
  };
}
