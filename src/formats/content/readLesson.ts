import { DomainError } from '../../domain/errors.ts';
import {
  type Lesson,
  type LessonFields,
  type Placement,
  type Section,
  type SectionKind,
  type Segment,
  type SegmentId,
  sectionKinds,
} from '../../domain/package/lessonPackage.ts';
import { sectionIdSchema } from './changeSchema.ts';
import { malformed } from './malformed.ts';
import { type Entry, readMarked } from './markedFile.ts';
import { lessonHeadSchema, sharedHeadSchema } from './schemas.ts';
import { readPlacement, readSegment, segmentFields } from './segmentMarker.ts';
import { readYaml } from './yamlFile.ts';

/** A segment and where its definition and its text stand. */
export type DefinedSegment = {
  readonly segment: Segment;
  readonly file: string;
  readonly line: number;
  readonly textLine: number;
};
export type LessonFile = {
  readonly lesson: Lesson;
  readonly defined: readonly DefinedSegment[];
  /** The segments that are placed but defined elsewhere, with the line. */
  readonly references: readonly { readonly segment: SegmentId; readonly line: number }[];
};

/** One lesson file: the lesson, and the segments that it defines. For a lesson that somebody uploads. */
export function readLesson(
  text: string,
  file: string,
): { readonly lesson: Lesson; readonly segments: readonly Segment[] } {
  const { lesson, defined } = readLessonFile(text, file);
  return { lesson, segments: defined.map((each) => each.segment) };
}

export function readLessonFile(text: string, file: string): LessonFile {
  const { head, entries } = readMarked(text, file, segmentFields);
  const { lesson: id, ...fields } = readYaml(head, file, lessonHeadSchema, 1);
  const sections: (Section & { placements: Placement[] })[] = [];
  const defined: DefinedSegment[] = [];
  const references: { segment: SegmentId; line: number }[] = [];
  for (const entry of entries) {
    if (entry.kind === 'section') {
      if (sections.some((section) => section.id === entry.name)) {
        throw malformed(file, entry.line, `a section twice: ${entry.name}`);
      }
      sections.push(readSection(entry.name, file, entry.line));
      continue;
    }
    const section = sections.at(-1);
    if (section === undefined) throw malformed(file, entry.line, 'a segment before the first section');
    if (entry.kind === 'definition') {
      const segment = entry.words[0] ?? '';
      if (defined.some((other) => other.segment.id === segment)) {
        throw new DomainError('segmentDuplicate', { segment, file, line: entry.line });
      }
      defined.push(define(entry, file));
    }
    const placement = readPlacement(entry, file);
    if (section.placements.some((other) => other.segment === placement.segment)) {
      throw malformed(file, entry.line, `twice in one section: ${placement.segment}`);
    }
    section.placements.push(placement);
    if (entry.kind === 'reference') references.push({ segment: placement.segment, line: entry.line });
  }
  return { lesson: { id, fields: fields satisfies LessonFields, sections }, defined, references };
}

/** A file of shared segments: definitions only. */
export function readSharedFile(text: string, file: string): readonly DefinedSegment[] {
  const { head, entries } = readMarked(text, file, segmentFields);
  readYaml(head, file, sharedHeadSchema, 1);
  return entries.map((entry) => {
    if (entry.kind !== 'definition')
      throw malformed(file, entry.line, 'a file of shared segments only defines segments');
    if (entry.words.length > 3) throw malformed(file, entry.line, 'a shared segment is placed in lessons, not here');
    return define(entry, file);
  });
}

function define(entry: Extract<Entry, { readonly kind: 'definition' }>, file: string): DefinedSegment {
  return { segment: readSegment(entry, file), file, line: entry.line, textLine: entry.textLine };
}

function readSection(id: string, file: string, line: number): Section & { placements: Placement[] } {
  const kind = id.split(':')[0] as SectionKind;
  if (!sectionKinds.includes(kind)) throw malformed(file, line, `no kind of section: ${kind}`);
  if (!sectionIdSchema.safeParse(id).success) throw malformed(file, line, `not a name of a section: ${id}`);
  return { id, kind, placements: [] };
}
