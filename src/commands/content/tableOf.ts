import { learnerTexts } from '../../domain/checks/lessonChecks.ts';
import { type ReadingLevel, readingLevel } from '../../domain/checks/readingLevel.ts';
import { bareText, wordsOf } from '../../domain/checks/sentences.ts';
import { baselineLanguage } from '../../domain/edition/workingText.ts';
import type { Lesson, LessonPackage, Segment, SegmentId } from '../../domain/package/lessonPackage.ts';
import type { ContentTree } from './contentTree.ts';

/** One session in one language. */
export type TableRow = {
  readonly lesson: string;
  /** A language of the baseline, or an edition. */
  readonly language: string;
  readonly words: number;
  readonly segments: number;
  readonly core: number;
  readonly adaptable: number;
  readonly local: number;
  /** Of the words for learners. */
  readonly level: ReadingLevel | null;
  /** Segments with words of this language, in per cent. */
  readonly complete: number;
};

/** How much there is of every session, in the baseline and in each edition that offers it. */
export function tableOf(tree: ContentTree): readonly TableRow[] {
  const { baseline } = tree;
  const inEnglish = baseline.lessons.map((lesson) =>
    rowOf(baseline, lesson, baselineLanguage, baselineLanguage, ({ text }) => text),
  );
  const packages = new Map((tree.history ?? []).map((each) => [each.release.number, each.lessonPackage]));
  const inEditions = tree.editions.flatMap(({ edition, units }) => {
    const standsOn = packages.get(edition.release) ?? baseline;
    const texts = new Map<SegmentId, string>(units.map((unit) => [unit.segment, unit.target]));
    const inherits = edition.language === baselineLanguage;
    return standsOn.lessons
      .filter(({ id }) => edition.lessons[id]?.state === 'offered')
      .map((lesson) =>
        rowOf(
          standsOn,
          lesson,
          edition.language,
          edition.edition,
          ({ id, text }) => texts.get(id) ?? (inherits ? text : null),
        ),
      );
  });
  return [...inEnglish, ...inEditions];
}

function rowOf(
  lessonPackage: LessonPackage,
  lesson: Lesson,
  language: string,
  name: string,
  textOf: (segment: Segment) => string | null,
): TableRow {
  const ids = new Set(lesson.sections.flatMap((section) => section.placements.map(({ segment }) => segment)));
  const segments = [...ids].flatMap((id) => lessonPackage.segments[id] ?? []);
  const texts = segments.map(textOf);
  const there = texts.filter((text) => text !== null);
  const count = (policy: Segment['policy']): number => segments.filter((segment) => segment.policy === policy).length;
  return {
    lesson: lesson.id,
    language: name,
    words: there.reduce((sum, text) => sum + wordsOf(bareText(text), language).length, 0),
    segments: segments.length,
    core: count('core'),
    adaptable: count('adaptable'),
    local: count('local'),
    level: readingLevel(
      learnerTexts(lessonPackage, lesson, (segment) => textOf(segment) ?? ''),
      language,
    ),
    complete: segments.length === 0 ? 0 : Math.floor((100 * there.length) / segments.length),
  };
}
