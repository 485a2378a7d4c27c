import type { Actor } from '../../domain/access/access.ts';
import { diffPackages } from '../../domain/diff/diffReleases.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Lesson, LessonPackage, Segment, SegmentId } from '../../domain/package/lessonPackage.ts';
import { splitPlaceholders } from '../../domain/package/placeholders.ts';
import type { ChangeSet } from '../../domain/release/release.ts';
import { malformed } from '../../formats/content/malformed.ts';
import { type LessonFile, readLessonFile } from '../../formats/content/readLesson.ts';
import type { World } from '../ports.ts';
import { editChangeSet } from './draftChangeSet.ts';
import type { EditChangeSet } from './loadChangeSet.ts';

export type ImportedFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * A lesson file brought into a draft: where it differs from the draft's package, the differences become changes of the
 * draft. A lesson that is new comes last. Throws `contentMalformed`, `segmentUnknown`, `factUnknown` with file and
 * line, and what `editChangeSet` throws; then nothing has changed.
 */
export async function importLesson(
  world: World,
  actor: Actor,
  input: EditChangeSet,
  file: ImportedFile,
): Promise<{ readonly set: ChangeSet; readonly lesson: string }> {
  const read = readLessonFile(decode(file), file.name);
  const history = await world.store.releases.history(read.defined.map((each) => each.segment.id));
  const set = await editChangeSet(world, actor, input, (lessonPackage) => {
    refuseUnknown(lessonPackage, read, file.name);
    for (const { segment } of read.defined) {
      const used = (history[segment.id]?.length ?? 0) > 0 && !Object.hasOwn(lessonPackage.segments, segment.id);
      if (used) throw new DomainError('segmentReused', { segment: segment.id });
    }
    return diffPackages(lessonPackage, withLesson(lessonPackage, read));
  });
  return { set, lesson: read.lesson.id };
}

function decode({ name, bytes }: ImportedFile): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed(name, 1, 'the file is not a text in UTF-8');
  }
}

/** What the file names has to be there: segments that it places, facts and evidence. */
function refuseUnknown(lessonPackage: LessonPackage, { lesson, defined, references }: LessonFile, file: string): void {
  const own = new Set(defined.map((each) => each.segment.id));
  const lost = references.find(({ segment }) => !own.has(segment) && !Object.hasOwn(lessonPackage.segments, segment));
  if (lost !== undefined) throw new DomainError('segmentUnknown', { segment: lost.segment, file, line: lost.line });
  for (const { segment, textLine } of defined) {
    for (const part of splitPlaceholders(segment.text)) {
      if (part.kind === 'words' || Object.hasOwn(lessonPackage.facts, part.placeholder.key)) continue;
      const line = textLine + segment.text.slice(0, part.index).split('\n').length - 1;
      throw new DomainError('factUnknown', { fact: part.placeholder.key, file, line });
    }
  }
  const placements = lesson.sections.flatMap((section) => section.placements);
  const evidence = [...lesson.fields.evidence, ...placements.flatMap((each) => each.evidence ?? [])];
  const foreign = evidence.find((id) => !Object.hasOwn(lessonPackage.evidence, id));
  if (foreign !== undefined) throw malformed(file, 1, `no evidence in the register: ${foreign}`);
}

/** The package with the lesson as the file has it. What stood only in this lesson and is not in the file goes. */
function withLesson(lessonPackage: LessonPackage, { lesson, defined }: LessonFile): LessonPackage {
  const before = lessonPackage.lessons.find((each) => each.id === lesson.id);
  const lessons =
    before === undefined
      ? [...lessonPackage.lessons, lesson]
      : lessonPackage.lessons.map((each) => (each.id === lesson.id ? lesson : each));
  const segments: Record<SegmentId, Segment> = { ...lessonPackage.segments };
  for (const { segment } of defined) segments[segment.id] = segment;
  const kept = new Set(lessons.flatMap(placedIn));
  for (const id of before === undefined ? [] : placedIn(before)) {
    if (!kept.has(id) && !isNeeded(lessonPackage, id)) delete segments[id];
  }
  return { ...lessonPackage, lessons, segments };
}

const placedIn = (lesson: Lesson): readonly SegmentId[] =>
  lesson.sections.flatMap((section) => section.placements.map((placement) => placement.segment));

/** Registers of a statement, and sentences that stand in for a fact, stay although nothing places them. */
function isNeeded({ segments, facts }: LessonPackage, id: SegmentId): boolean {
  const isRegister = (segment: Segment) =>
    segment.variantOf === id || (segment.id === id && segment.variantOf !== undefined);
  return Object.values(segments).some(isRegister) || Object.values(facts).some((fact) => fact.whenMissing === id);
}
