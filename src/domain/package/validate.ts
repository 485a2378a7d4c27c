import type { Lesson, LessonPackage, Placement, Section, Segment, SegmentId } from './lessonPackage.ts';
import { placeholdersOf } from './placeholders.ts';

export const findingCodes = [
  'segmentUnknown', // { segment }: placed, but not in the package
  'segmentDuplicate', // { segment }: twice in a section, or kept under another id
  'lessonDuplicate', // { lesson }
  'sectionDuplicate', // { section }
  'textEmpty', // { segment }
  'factUnknown', // { segment, fact }
  'evidenceUnknown', // { evidence }
  'variantUnknown', // { segment, variantOf }
  'minutesDiffer', // { minutes, steps }
  'rightAnswers', // { segment, count }: a question has exactly one right answer
  'practiceMissing', // a lesson in class has a practice step
  'practiceNotCore', // { segment }
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Something that is not right with a package; prose is made from the code and its data. */
export type Finding = {
  readonly code: FindingCode;
  readonly file?: string;
  readonly lesson?: string;
  readonly segment?: string;
  readonly data: Readonly<Record<string, string | number>>;
};

/** Everything that is not right with a package. */
export function validatePackage(lessonPackage: LessonPackage): readonly Finding[] {
  const seen = new Set<string>();
  return [
    ...Object.entries(lessonPackage.segments).flatMap(([id, segment]) => segmentFindings(lessonPackage, id, segment)),
    ...Object.values(lessonPackage.facts).flatMap((fact) =>
      fact.whenMissing === undefined || Object.hasOwn(lessonPackage.segments, fact.whenMissing)
        ? []
        : [
            finding('segmentUnknown', {
              segment: fact.whenMissing,
              data: { segment: fact.whenMissing, fact: fact.key },
            }),
          ],
    ),
    ...lessonPackage.lessons.flatMap((lesson) => {
      const twice = seen.has(lesson.id);
      seen.add(lesson.id);
      const duplicate = finding('lessonDuplicate', { lesson: lesson.id, data: { lesson: lesson.id } });
      return [...(twice ? [duplicate] : []), ...lessonFindings(lessonPackage, lesson)];
    }),
  ];
}

function segmentFindings(lessonPackage: LessonPackage, id: SegmentId, segment: Segment): readonly Finding[] {
  const findings: Finding[] = [];
  if (segment.id !== id) findings.push(finding('segmentDuplicate', { segment: id, data: { segment: segment.id } }));
  if (segment.text.trim() === '') findings.push(finding('textEmpty', { segment: id, data: { segment: id } }));
  for (const { key } of placeholdersOf(segment.text)) {
    if (Object.hasOwn(lessonPackage.facts, key)) continue;
    findings.push(finding('factUnknown', { segment: id, data: { segment: id, fact: key } }));
  }
  const { variantOf } = segment;
  if (variantOf !== undefined && (variantOf === id || !Object.hasOwn(lessonPackage.segments, variantOf))) {
    findings.push(finding('variantUnknown', { segment: id, data: { segment: id, variantOf } }));
  }
  return findings;
}

function lessonFindings(lessonPackage: LessonPackage, lesson: Lesson): readonly Finding[] {
  const findings: Finding[] = [];
  const tell = (code: FindingCode, data: Finding['data'], segment?: SegmentId) =>
    findings.push(finding(code, { lesson: lesson.id, data, ...(segment === undefined ? {} : { segment }) }));
  const sections = new Set<string>();
  const placements = lesson.sections.flatMap((section) => section.placements);
  for (const id of new Set([...lesson.fields.evidence, ...placements.flatMap((each) => each.evidence ?? [])])) {
    if (!Object.hasOwn(lessonPackage.evidence, id)) tell('evidenceUnknown', { evidence: id });
  }
  for (const section of lesson.sections) {
    if (sections.has(section.id)) tell('sectionDuplicate', { section: section.id });
    sections.add(section.id);
    const placed = new Set<SegmentId>();
    for (const { segment } of section.placements) {
      if (!Object.hasOwn(lessonPackage.segments, segment)) tell('segmentUnknown', { segment }, segment);
      if (placed.has(segment)) tell('segmentDuplicate', { segment }, segment);
      placed.add(segment);
    }
    if (section.kind !== 'questions' && section.kind !== 'later') continue;
    for (const [segment, count] of rightAnswers(lessonPackage, section)) {
      if (count !== 1) tell('rightAnswers', { segment, count }, segment);
    }
  }
  const steps = stepsOf(lessonPackage, lesson);
  const minutes = steps.reduce((sum, step) => sum + (step.minutes ?? 0), 0);
  if (minutes !== lesson.fields.minutes) tell('minutesDiffer', { minutes: lesson.fields.minutes, steps: minutes });
  const practice = steps.filter((step) => step.practice);
  if (practice.length === 0) tell('practiceMissing', {});
  for (const { segment } of practice) {
    if (lessonPackage.segments[segment]?.policy !== 'core') tell('practiceNotCore', { segment }, segment);
  }
  return findings;
}

function stepsOf(lessonPackage: LessonPackage, lesson: Lesson): readonly Placement[] {
  return lesson.sections
    .filter((section) => section.kind === 'steps')
    .flatMap((section) => section.placements)
    .filter(({ segment }) => lessonPackage.segments[segment]?.kind === 'step');
}

/** How many answers of each question are the right one. */
function rightAnswers(lessonPackage: LessonPackage, section: Section): ReadonlyMap<SegmentId, number> {
  const counts = new Map<SegmentId, number>();
  let question: SegmentId | null = null;
  for (const { segment, right } of section.placements) {
    const kind = lessonPackage.segments[segment]?.kind;
    if (kind === 'question') {
      question = segment;
      counts.set(segment, 0);
    } else if (kind === 'answer' && right && question !== null) {
      counts.set(question, (counts.get(question) ?? 0) + 1);
    }
  }
  return counts;
}

function finding(code: FindingCode, rest: Omit<Finding, 'code'>): Finding {
  return { code, ...rest };
}
