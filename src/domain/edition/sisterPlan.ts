import type { LessonPackage, SegmentId } from '../package/lessonPackage.ts';
import { segmentIn } from '../package/lessonPackage.ts';
import { textHash } from '../release/canonical.ts';
import type { TextHash } from '../release/release.ts';
import type { AdaptationKind } from './edition.ts';
import type { PublishedLesson } from './publication.ts';
import { checkPlaceholders } from './unitChecks.ts';

/** A text that a sister has published. */
export type SisterText = {
  readonly segment: SegmentId;
  readonly text: string;
  readonly basedOn: TextHash;
  readonly adapted: AdaptationKind | null;
};

/** What a sister's publication would bring, and what it would not, each published segment once. */
export type SisterPlan = {
  readonly texts: readonly SisterText[];
  readonly left: {
    /** We have a text of our own. */
    readonly ours: number;
    /** Made for the sister's country: local texts, and what it adapted to its law. */
    readonly national: number;
    /** The sister shows the source there. */
    readonly untranslated: number;
    /** Our release has no such segment, or it names other facts. */
    readonly elsewhere: number;
  };
};

/** Decides segment by segment. `ours`: the segments that have a text of ours already. */
export function sisterPlan(
  lessons: readonly PublishedLesson[],
  lessonPackage: LessonPackage,
  ours: ReadonlySet<SegmentId>,
): SisterPlan {
  const published = new Map(lessons.flatMap((lesson) => Object.entries(lesson.segments)));
  const texts: SisterText[] = [];
  const left = { ours: 0, national: 0, untranslated: 0, elsewhere: 0 };
  for (const [segment, { text, basedOn, adapted, untranslated, policy }] of published) {
    const source = segmentIn(lessonPackage, segment);
    if (source === undefined || !namesSameFacts(segment, source.text, text)) left.elsewhere++;
    else if (ours.has(segment)) left.ours++;
    else if (policy === 'local' || source.policy === 'local' || adapted === 'law') left.national++;
    else if (untranslated || textHash(text) === basedOn) left.untranslated++;
    else texts.push({ segment, text, basedOn, adapted: adapted ?? null });
  }
  return { texts, left };
}

function namesSameFacts(segment: SegmentId, source: string, text: string): boolean {
  try {
    checkPlaceholders(segment, source, text);
    return true;
  } catch {
    return false;
  }
}
