import type {
  Lesson,
  LessonPackage,
  Placement,
  Policy,
  Section,
  Segment,
  SegmentId,
} from '../package/lessonPackage.ts';
import { type Audience, audienceOf } from './audience.ts';
import type { ContentFinding } from './finding.ts';
import { readingLevel } from './readingLevel.ts';
import { sentencesOf, wordsOf } from './sentences.ts';
import type { WordingRules } from './wording.ts';

/** Statements without which a lesson of a band or adult session may not go out: on its help card, or among its messages. */
const everyLesson = ['CPS-01'];
const from13 = ['CPS-11'];

/** What is wrong with the structure of a lesson beyond what makes it a sound package. */
export function lessonFindings(lessonPackage: LessonPackage, lesson: Lesson): readonly ContentFinding[] {
  return [
    ...lesson.sections.flatMap((section) =>
      section.placements.flatMap((placement) => policyFindings(lessonPackage, lesson, section, placement)),
    ),
    ...coreFindings(lessonPackage, lesson),
    ...laterFindings(lessonPackage, lesson),
    ...altFindings(lessonPackage, lesson),
  ];
}

/** The policy that the brief asks for in this place, and why; null where the author decides. */
function wantedPolicy(section: Section, segment: Segment, placement: Placement): readonly [Policy, string] | null {
  if (segment.kind === 'statement') return ['core', 'core protective statements are translated and never altered'];
  if (placement.practice) return ['core', 'the practice step is the active ingredient'];
  if (section.kind === 'objectives') return ['core', 'objectives are core'];
  const asks = section.kind === 'questions' || section.kind === 'later';
  if (asks && (segment.kind === 'question' || segment.kind === 'answer')) {
    return ['core', 'questions and their keys are compared between countries'];
  }
  if (section.kind === 'safeguarding' && segment.kind === 'item') return ['core', 'safeguarding notes are core'];
  if (/\.letter\.curriculum$/.test(segment.id)) return ['local', 'each country has its own curriculum'];
  return null;
}

function policyFindings(
  lessonPackage: LessonPackage,
  lesson: Lesson,
  section: Section,
  placement: Placement,
): readonly ContentFinding[] {
  const segment = lessonPackage.segments[placement.segment];
  const wanted = segment === undefined ? null : wantedPolicy(section, segment, placement);
  if (segment === undefined || wanted === null || segment.policy === wanted[0]) return [];
  const data = { policy: segment.policy, wanted: wanted[0], why: wanted[1] };
  return [{ code: 'policyWrong', segment: segment.id, lesson: lesson.id, data }];
}

function coreFindings(lessonPackage: LessonPackage, lesson: Lesson): readonly ContentFinding[] {
  return missingCore(lessonPackage, lesson).map((statement) => ({
    code: 'coreMissing',
    lesson: lesson.id,
    data: { statement },
  }));
}

/** The statements that a lesson has to place and does not: neither themselves nor in another register. */
export function missingCore(lessonPackage: LessonPackage, lesson: Lesson): readonly SegmentId[] {
  const older = lesson.fields.band !== 'A' && lesson.fields.band !== 'B';
  const placed = new Set(
    lesson.sections.flatMap((section) => section.placements.map(({ segment }) => familyOf(lessonPackage, segment))),
  );
  return [...everyLesson, ...(older ? from13 : [])].filter(
    (statement) => lessonPackage.segments[statement] !== undefined && !placed.has(statement),
  );
}

const familyOf = (lessonPackage: LessonPackage, id: SegmentId): SegmentId =>
  lessonPackage.segments[id]?.variantOf ?? id;

/** As many parallel questions as questions, each with as many answers. */
function laterFindings(lessonPackage: LessonPackage, lesson: Lesson): readonly ContentFinding[] {
  const shape = (kind: Section['kind']): string =>
    lesson.sections
      .filter((section) => section.kind === kind)
      .flatMap((section) => section.placements)
      .map(({ segment }) => lessonPackage.segments[segment]?.kind)
      .map((one) => (one === 'question' ? ' ' : one === 'answer' ? '+' : ''))
      .join('')
      .trim();
  const [questions, later] = [shape('questions'), shape('later')];
  if (questions === later) return [];
  return [{ code: 'laterMissing', lesson: lesson.id, data: { questions, later } }];
}

function altFindings(lessonPackage: LessonPackage, lesson: Lesson): readonly ContentFinding[] {
  return lesson.sections.flatMap((section) =>
    section.placements.flatMap(({ segment: id }): readonly ContentFinding[] => {
      const segment = lessonPackage.segments[id];
      if (segment?.kind !== 'picture' || wordsOf(segment.text, 'en').length >= 4) return [];
      return [{ code: 'altTextMissing', segment: id, lesson: lesson.id, data: { drawing: segment.drawing ?? '' } }];
    }),
  );
}

/** Sentences that are too long for those who read them. */
export function sentenceFindings(
  id: SegmentId,
  text: string,
  audience: Audience,
  rules: WordingRules,
): readonly ContentFinding[] {
  const limit = rules.sentenceWords[audience];
  return sentencesOf(text, rules.language)
    .map((sentence) => ({ sentence, words: wordsOf(sentence, rules.language).length }))
    .filter(({ words }) => words > limit)
    .map(({ sentence, words }) => ({ code: 'sentenceLong', segment: id, data: { words, limit, sentence } }));
}

/** The texts of a lesson that learners read or hear; `textOf` gives the words of an edition. */
export function learnerTexts(
  lessonPackage: LessonPackage,
  lesson: Lesson,
  textOf: (segment: Segment) => string,
): readonly string[] {
  const seen = new Set<SegmentId>();
  return lesson.sections.flatMap((section) =>
    section.placements.flatMap(({ segment: id }) => {
      const segment = lessonPackage.segments[id];
      if (segment === undefined || seen.has(id) || segment.kind === 'label') return [];
      seen.add(id);
      const isFor = audienceOf(lesson, section, segment);
      return isFor === 'teacher' && lesson.fields.band !== 'adult' ? [] : [textOf(segment)];
    }),
  );
}

/** Whether the words for learners are too hard as a whole. */
export function readingFindings(
  lesson: Lesson,
  texts: readonly string[],
  rules: WordingRules,
): readonly ContentFinding[] {
  const limit = rules.readingLimit[lesson.fields.band];
  const level = readingLevel(texts, rules.language);
  if (limit === undefined || level === null) return [];
  const hard = level.scale === 'ease' ? level.value < limit : level.value > limit;
  if (!hard) return [];
  return [{ code: 'readingHard', lesson: lesson.id, data: { level: level.value, limit, scale: level.scale } }];
}
