import { factsOf } from '../../../domain/edition/readiness.ts';
import type { FactKey } from '../../../domain/facts/fact.ts';
import type { LessonPackage } from '../../../domain/package/lessonPackage.ts';

type LessonFacts = { readonly lesson: string; readonly keys: readonly FactKey[] };
/** A package never changes: its texts are searched for facts once. */
const factsOfPackage = new WeakMap<LessonPackage, readonly LessonFacts[]>();

function lessonFacts(lessonPackage: LessonPackage): readonly LessonFacts[] {
  const known = factsOfPackage.get(lessonPackage);
  if (known !== undefined) return known;
  const found = lessonPackage.lessons.map((lesson) => ({ lesson: lesson.id, keys: factsOf(lessonPackage, lesson) }));
  factsOfPackage.set(lessonPackage, found);
  return found;
}

/** The lessons that need any of these facts, in teaching order. */
export function lessonsUsing(
  lessonPackage: LessonPackage,
  facts: readonly { readonly key: string }[],
): readonly string[] {
  const wanted = new Set(facts.map((fact) => fact.key));
  return lessonFacts(lessonPackage)
    .filter(({ keys }) => keys.some((key) => wanted.has(key)))
    .map(({ lesson }) => lesson);
}
