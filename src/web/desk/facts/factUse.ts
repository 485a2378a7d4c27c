import { factsOf } from '../../../domain/edition/readiness.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';

/** The lessons that need any of these facts, in teaching order. */
export function lessonsUsing(
  lessonPackage: LessonPackage,
  facts: readonly { readonly key: string }[],
): readonly string[] {
  const keys = new Set(facts.map((fact) => fact.key));
  return lessonPackage.lessons
    .filter((lesson) => factsOf(lessonPackage, lesson).some((key) => keys.has(key)))
    .map((lesson) => lesson.id);
}
