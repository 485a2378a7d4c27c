import { z } from 'zod';
import { DomainError } from '../../domain/errors.ts';
import type { FactDefinition, FactKey } from '../../domain/facts/fact.ts';
import type { Lesson, LessonPackage, Segment, SegmentId } from '../../domain/package/lessonPackage.ts';
import { splitPlaceholders } from '../../domain/package/placeholders.ts';
import { malformed } from './malformed.ts';
import { type DefinedSegment, type LessonFile, readLessonFile, readSharedFile } from './readLesson.ts';
import { evidenceSchema, factDefinitionSchema, idSchema } from './schemas.ts';
import { readYaml } from './yamlFile.ts';

/** The files of a folder by their path in it, with slashes: `lessons/B4.md`. */
export type ContentFiles = ReadonlyMap<string, string>;
/** In which file a segment is defined. What is derived from placements alone need not be recorded. */
export type Homes = ReadonlyMap<SegmentId, string>;

/** Reads the baseline from its files. Files that are not part of the format (a README, say) are passed over. */
export function readBaseline(files: ContentFiles): LessonPackage {
  const facts = readList(files, 'facts.yaml', factDefinitionSchema, 'key');
  const evidence = readList(files, 'evidence.yaml', evidenceSchema, 'id');
  const { lessonFiles, defined } = readSegmentFiles(files);
  const segments: Record<SegmentId, Segment> = {};
  for (const { segment, file, line, textLine } of defined) {
    if (Object.hasOwn(segments, segment.id)) {
      throw new DomainError('segmentDuplicate', { segment: segment.id, file, line });
    }
    segments[segment.id] = segment;
    refuseUnknownFacts(segment.text, facts, file, textLine);
  }
  for (const [file, { references }] of lessonFiles) {
    const lost = references.find(({ segment }) => !Object.hasOwn(segments, segment));
    if (lost !== undefined) throw new DomainError('segmentUnknown', { segment: lost.segment, file, line: lost.line });
  }
  return { lessons: inOrder(files, lessonFiles), segments, facts, evidence };
}

/** Where each segment is defined, in the order of the files: hand it to `writeBaseline` to keep them there. */
export function homesOf(files: ContentFiles): Homes {
  return new Map(readSegmentFiles(files).defined.map(({ segment, file }) => [segment.id, file]));
}

/** Where each segment is defined: file and line of its marker. */
export function linesOf(files: ContentFiles): ReadonlyMap<SegmentId, { readonly file: string; readonly line: number }> {
  return new Map(readSegmentFiles(files).defined.map(({ segment, file, line }) => [segment.id, { file, line }]));
}

function readSegmentFiles(files: ContentFiles): {
  readonly lessonFiles: ReadonlyMap<string, LessonFile>;
  readonly defined: readonly DefinedSegment[];
} {
  const lessonFiles = new Map<string, LessonFile>();
  const defined: DefinedSegment[] = [];
  for (const [file, text] of files) {
    if (/^lessons\/[^/]+\.md$/.test(file)) {
      const lessonFile = readLessonFile(text, file);
      lessonFiles.set(file, lessonFile);
      defined.push(...lessonFile.defined);
    } else if (/^shared\/[^/]+\.md$/.test(file)) defined.push(...readSharedFile(text, file));
  }
  return { lessonFiles, defined };
}

function inOrder(files: ContentFiles, lessonFiles: ReadonlyMap<string, LessonFile>): readonly Lesson[] {
  const lessons = new Map<string, Lesson>();
  for (const [file, { lesson }] of lessonFiles) {
    if (lessons.has(lesson.id)) throw malformed(file, 2, `a lesson twice: ${lesson.id}`);
    lessons.set(lesson.id, lesson);
  }
  const order = readYaml(files.get('order.yaml') ?? '[]', 'order.yaml', z.array(idSchema));
  const ordered = order.map((id, index) => {
    const lesson = lessons.get(id);
    if (lesson === undefined) throw malformed('order.yaml', index + 1, `no file for the lesson ${id}`);
    if (order.indexOf(id) !== index) throw malformed('order.yaml', index + 1, `a lesson twice: ${id}`);
    return lesson;
  });
  const unordered = [...lessons.keys()].find((id) => !order.includes(id));
  if (unordered !== undefined) throw malformed('order.yaml', 1, `a lesson is missing: ${unordered}`);
  return ordered;
}

function readList<K extends string, T extends { readonly [key in K]: string }>(
  files: ContentFiles,
  file: string,
  schema: z.ZodType<T>,
  key: K,
): Readonly<Record<string, T>> {
  const list = readYaml(files.get(file) ?? '[]', file, uniqueList(schema, key));
  return Object.fromEntries(list.map((value) => [value[key], value]));
}

function uniqueList<K extends string, T extends { readonly [key in K]: string }>(schema: z.ZodType<T>, key: K) {
  return z.array(schema).superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [index, value] of list.entries()) {
      if (seen.has(value[key])) context.addIssue({ code: 'custom', path: [index, key], message: 'a key twice' });
      seen.add(value[key]);
    }
  });
}

function refuseUnknownFacts(
  text: string,
  facts: Readonly<Record<FactKey, FactDefinition>>,
  file: string,
  textLine: number,
): void {
  for (const part of splitPlaceholders(text)) {
    if (part.kind === 'words' || Object.hasOwn(facts, part.placeholder.key)) continue;
    const line = textLine + text.slice(0, part.index).split('\n').length - 1;
    throw new DomainError('factUnknown', { fact: part.placeholder.key, file, line });
  }
}
