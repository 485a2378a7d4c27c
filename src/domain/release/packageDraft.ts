import type { FactDefinition } from '../facts/fact.ts';
import type {
  Evidence,
  Lesson,
  LessonId,
  LessonPackage,
  Placement,
  Section,
  SectionId,
  Segment,
  SegmentId,
} from '../package/lessonPackage.ts';

type Part<T> = Record<string, T>;

/**
 * A package while many changes are applied to it. Records are copied once, at the first write, however many changes
 * follow; lessons are replaced along the path that changed. The package it started from is never touched.
 */
export class PackageDraft {
  #lessons: readonly Lesson[];
  #segments: Part<Segment>;
  #facts: Part<FactDefinition>;
  #evidence: Part<Evidence>;
  readonly #owned = new Set<'segments' | 'facts' | 'evidence'>();

  constructor(lessonPackage: LessonPackage) {
    this.#lessons = lessonPackage.lessons;
    this.#segments = lessonPackage.segments;
    this.#facts = lessonPackage.facts;
    this.#evidence = lessonPackage.evidence;
  }

  /** The package as it stands now; later changes go to fresh records. */
  toPackage(): LessonPackage {
    this.#owned.clear();
    return { lessons: this.#lessons, segments: this.#segments, facts: this.#facts, evidence: this.#evidence };
  }

  get lessons(): readonly Lesson[] {
    return this.#lessons;
  }
  set lessons(lessons: readonly Lesson[]) {
    this.#lessons = lessons;
  }

  segment(id: SegmentId): Segment | undefined {
    return Object.hasOwn(this.#segments, id) ? this.#segments[id] : undefined;
  }
  putSegment(id: SegmentId, segment: Segment | undefined): void {
    this.#segments = this.#write('segments', this.#segments, id, segment);
  }

  fact(key: string): FactDefinition | undefined {
    return Object.hasOwn(this.#facts, key) ? this.#facts[key] : undefined;
  }
  putFact(key: string, fact: FactDefinition | undefined): void {
    this.#facts = this.#write('facts', this.#facts, key, fact);
  }

  evidence(id: string): Evidence | undefined {
    return Object.hasOwn(this.#evidence, id) ? this.#evidence[id] : undefined;
  }
  putEvidence(id: string, evidence: Evidence | undefined): void {
    this.#evidence = this.#write('evidence', this.#evidence, id, evidence);
  }

  lesson(id: LessonId): Lesson | undefined {
    return this.#lessons.find((lesson) => lesson.id === id);
  }
  putLesson(lesson: Lesson): void {
    this.#lessons = this.#lessons.map((other) => (other.id === lesson.id ? lesson : other));
  }

  section(lesson: LessonId, section: SectionId): Section | undefined {
    return this.lesson(lesson)?.sections.find((other) => other.id === section);
  }
  putPlacements(lessonId: LessonId, section: SectionId, placements: readonly Placement[]): void {
    const lesson = this.lesson(lessonId);
    if (lesson === undefined) return;
    const sections = lesson.sections.map((other) => (other.id === section ? { ...other, placements } : other));
    this.putLesson({ ...lesson, sections });
  }

  isPlaced(id: SegmentId): boolean {
    return this.#lessons.some((lesson) =>
      lesson.sections.some((section) => section.placements.some((placement) => placement.segment === id)),
    );
  }

  #write<T>(name: 'segments' | 'facts' | 'evidence', part: Part<T>, key: string, value: T | undefined): Part<T> {
    const own = this.#owned.has(name) ? part : { ...part };
    this.#owned.add(name);
    if (value === undefined) delete own[key];
    else own[key] = value;
    return own;
  }
}
