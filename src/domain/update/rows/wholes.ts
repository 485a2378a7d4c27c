import type { FactKey } from '../../facts/fact.ts';
import type { LessonId } from '../../package/lessonPackage.ts';
import type { OurSide } from '../ourSide.ts';
import type { PackageDelta } from '../packageDelta.ts';
import type { UpdateItem } from '../update.ts';

const bare = {
  due: null,
  segmentKind: null,
  policy: null,
  notOffered: [],
  base: null,
  ours: null,
  theirs: null,
  proposal: null,
  proposalFrom: null,
  merged: false,
  bulk: false,
  from: [],
  revive: null,
  terms: [],
  reason: null,
  theirsHash: null,
  sets: [],
  unitRevision: 0,
  segments: 1,
  words: 0,
} as const;

/** Lessons that came are offered, not imposed; lessons that went stay until a person has decided. */
export function lessonItems(delta: PackageDelta, ours: OurSide): readonly UpdateItem[] {
  const inLesson = (lesson: LessonId) => [...delta.segments.values()].filter(({ lessons }) => lessons.includes(lesson));
  const added = delta.lessonsAdded.map((lesson): UpdateItem => {
    const segments = inLesson(lesson);
    return {
      ...bare,
      key: lesson,
      kind: 'lessonAdded',
      severity: 'content',
      lessons: [lesson],
      meaning: `lesson:${lesson}:${delta.target}`,
      choices: ['confirm', 'decline', 'later'],
      segments: segments.length,
      words: segments.reduce((sum, segment) => sum + segment.words, 0),
    };
  });
  const undecided = (ours.edition.kept ?? []).flatMap((kept) =>
    kept.kind === 'lesson' && kept.undecided ? [kept.lesson] : [],
  );
  const gone = [...new Set([...delta.lessonsRemoved, ...undecided])];
  const removed = gone
    .filter((lesson) => ours.edition.lessons[lesson]?.state !== 'leftOut')
    .map(
      (lesson): UpdateItem => ({
        ...bare,
        key: lesson,
        kind: 'lessonRemoved',
        severity: 'content',
        lessons: [lesson],
        meaning: `lesson:${lesson}:removed`,
        choices: ['keepOurs', 'confirm', 'later'],
        segments: Math.max(1, inLesson(lesson).length),
      }),
    );
  return [...added, ...removed];
}

/** Facts without a value; and facts whose value was given for another type. */
export function factItems(delta: PackageDelta, ours: OurSide): readonly UpdateItem[] {
  const item = (key: FactKey, kind: 'factNeeded' | 'factVerify'): UpdateItem => ({
    ...bare,
    key,
    kind,
    severity: 'content',
    lessons: [],
    meaning: `fact:${key}${kind === 'factVerify' ? `:${delta.target}` : ''}`,
    choices: [],
  });
  const empty = delta.factsNeeded.filter((key) => !ours.filledFacts.has(key));
  const filled = delta.factsRetyped.filter((key) => ours.filledFacts.has(key));
  return [...empty.map((key) => item(key, 'factNeeded')), ...filled.map((key) => item(key, 'factVerify'))];
}

/** Additions of ours that have lost everything that stood around them. */
export function adriftItems({ adrift = [], edition, units }: OurSide): readonly UpdateItem[] {
  return adrift.map(({ id, text, ends }): UpdateItem => {
    const own = (edition.kept ?? []).some((kept) => kept.kind === 'segment' && kept.segment === id);
    return {
      ...bare,
      key: id,
      kind: 'adrift',
      severity: 'content',
      lessons: ends,
      ours: text,
      meaning: `adrift:${id}`,
      choices: own ? (ends.length > 0 ? ['keepOurs', 'confirm', 'later'] : ['confirm', 'later']) : [],
      unitRevision: units.get(id)?.revision ?? 0,
    };
  });
}
