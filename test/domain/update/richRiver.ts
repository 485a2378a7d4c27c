import fc from 'fast-check';
import { diffPackages } from '../../../src/domain/diff/diffReleases.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { Lesson, LessonPackage, Segment } from '../../../src/domain/package/lessonPackage.ts';
import { applyChanges, reverseChanges } from '../../../src/domain/release/applyChange.ts';
import {
  addSegment,
  editSegment,
  joinSegments,
  moveSegment,
  removeSegment,
  splitSegment,
  standings,
} from '../../../src/domain/release/editing.ts';
import { type Change, type Severity, severities } from '../../../src/domain/release/release.ts';
import { flowSets, type River, segmentOf, smallPackage, spring } from './smallRiver.ts';

/** One thing that the authority does to the baseline. Numbers pick among what is there. */
export type Op = {
  readonly kind:
    | 'edit'
    | 'return'
    | 'move'
    | 'remove'
    | 'revive'
    | 'split'
    | 'join'
    | 'policy'
    | 'fact'
    | 'add'
    | 'place'
    | 'lessonOut'
    | 'lessonIn';
  readonly pick: number;
  readonly other: number;
};
export type SetStep = { readonly severity: Severity; readonly ops: readonly Op[] };
/** A release of one or two sets, or the last one taken back. */
export type ReleaseStep = { readonly kind: 'release'; readonly sets: readonly SetStep[] } | { readonly kind: 'revert' };

const texts = [
  'Keep the messages and tell an adult.',
  'Keep all messages and tell an adult.',
  'Never pay. Keep the proof.',
  'Never pay 2 times. Keep the proof.',
  'Call somebody you trust.',
];

export const simpleOps = ['edit', 'edit', 'edit', 'return', 'return', 'move', 'policy', 'fact'] as const;
export const richOps = [
  ...simpleOps,
  ...(['remove', 'revive', 'revive', 'split', 'join', 'add', 'place', 'lessonOut', 'lessonIn'] as const),
];

export const opArbitrary = (kinds: readonly Op['kind'][]): fc.Arbitrary<Op> =>
  fc.record({ kind: fc.constantFrom(...kinds), pick: fc.nat(20), other: fc.nat(20) });

export const releaseArbitrary = (kinds: readonly Op['kind'][]): fc.Arbitrary<ReleaseStep> => {
  const set = fc.record({
    severity: fc.constantFrom(...severities),
    ops: fc.array(opArbitrary(kinds), { minLength: 1, maxLength: 4 }),
  });
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('release' as const),
        sets: fc.array(set, { minLength: 1, maxLength: 2 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'revert' as const }) },
  );
};

const lessonOf = (id: string, segments: readonly string[]): Lesson => ({
  ...(smallPackage([]).lessons[0] as Lesson),
  id,
  sections: [
    { id: 'steps', kind: 'steps', placements: segments.map((segment) => ({ segment })) },
    { id: 'later', kind: 'later', placements: [] },
  ],
});

export const startIds = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6'] as const;

/** Two lessons that share one segment; S4 is core. */
export function richSpring(): River {
  const segments = startIds.map((id) => segmentOf(id, `${id}. ${texts[0]}`, id === 'S4' ? 'core' : 'adaptable'));
  const river = spring(segments);
  const lessons = [lessonOf('L1', ['S1', 'S2', 'S3', 'S4']), lessonOf('L2', ['S1', 'S5', 'S6'])];
  const lessonPackage = { ...(river.packages.get('1.0.0') as LessonPackage), lessons };
  return { ...river, packages: new Map([['1.0.0', lessonPackage]]) };
}

export const newestOf = (river: River): LessonPackage => river.packages.get(river.newest) as LessonPackage;

/** The next release; the same river where nothing would change. */
export function flowStep(river: River, step: ReleaseStep): River {
  if (step.kind === 'revert') return takeBack(river);
  let current = newestOf(river);
  const sets = step.sets.flatMap(({ severity, ops }) => {
    const before = current;
    for (const op of ops) current = applyChanges(current, changesOf(river, current, op));
    const changes = diffPackages(before, current);
    return changes.length === 0 ? [] : [{ severity, changes }];
  });
  return sets.length === 0 ? river : flowSets(river, sets);
}

/** The newest release taken back whole; it fits, because nothing came after it. */
function takeBack(river: River): River {
  const changes = river.releases.at(-1)?.sets.flatMap((set) => set.changes) ?? [];
  return changes.length === 0 ? river : flowSets(river, [{ severity: 'content', changes: reverseChanges(changes) }]);
}

let fresh = 0;

function changesOf(river: River, on: LessonPackage, { kind, pick, other }: Op): readonly Change[] {
  const ids = Object.keys(on.segments).sort();
  const id = ids[pick % Math.max(1, ids.length)];
  if (kind === 'revive') return revive(river, on, pick);
  if (kind === 'lessonIn') return lessonIn(river, on, pick);
  if (kind === 'fact') return fact(on, pick);
  if (id === undefined) return [];
  fresh += 1;
  switch (kind) {
    case 'edit':
      return editSegment(on, id, `${id}. ${texts[other % texts.length]}`);
    case 'return': {
      const known = [...river.packages.values()].flatMap((each) => each.segments[id]?.text ?? []);
      return editSegment(on, id, known[other % Math.max(1, known.length)] ?? on.segments[id]?.text ?? '');
    }
    case 'policy': {
      const before = on.segments[id]?.policy ?? 'adaptable';
      return [{ kind: 'policyChanged', segment: id, before, after: before === 'core' ? 'adaptable' : 'core' }];
    }
    case 'remove':
      return removeSegment(on, id);
    case 'split':
      return splitSegment(on, id, [
        { id: `${id}a${fresh}`, text: `${id} a ${fresh}.` },
        { id: `${id}b${fresh}`, text: `${id} b ${fresh}.` },
      ]);
    case 'join': {
      const second = ids[other % ids.length];
      return second === undefined || second === id
        ? []
        : joinSegments(on, [id, second], { id: `J${fresh}`, text: `Joined ${fresh}.` });
    }
    case 'add':
      return addSegment(on, segmentOf(`N${fresh}`, `New ${fresh}.`), placeIn(on, other, `N${fresh}`));
    case 'move': {
      const [from] = standings(on, id);
      const to = placeIn(on, other, id);
      return from === undefined || to === null ? [] : moveSegment(on, id, from.at, to);
    }
    case 'place': {
      const at = placeIn(on, other, id);
      return at === null ? [] : [{ kind: 'placed', at, placement: { segment: id } }];
    }
    case 'lessonOut':
      return lessonOut(on, on.lessons[other % Math.max(1, on.lessons.length)]?.id ?? '');
  }
}

/** Some place in a section that the segment does not stand in, or stands in already (for a move within it). */
function placeIn(on: LessonPackage, pick: number, id: string) {
  const places = on.lessons.flatMap((lesson) =>
    lesson.sections
      .filter((section) => !section.placements.some(({ segment }) => segment === id))
      .flatMap((section) =>
        [null, ...section.placements.map(({ segment }) => segment)].map((after) => ({
          ...{ lesson: lesson.id, section: section.id, after },
        })),
      ),
  );
  return places[pick % Math.max(1, places.length)] ?? null;
}

function fact(on: LessonPackage, pick: number): readonly Change[] {
  const key = `law.f${pick % 2}`;
  const before = on.facts[key];
  const base = { key, type: 'law', need: 'required', label: 'Law', checkEvery: 365 } as const;
  if (before === undefined) return [{ kind: 'factAdded', fact: { ...base, need: 'recommended' } }];
  const after =
    before.need === 'recommended'
      ? base
      : { ...base, type: before.type === 'law' ? ('text' as const) : ('law' as const) };
  return [{ kind: 'factChanged', before, after }];
}

function revive(river: River, on: LessonPackage, pick: number): readonly Change[] {
  const gone = new Map<string, Segment>();
  for (const each of river.packages.values()) {
    for (const segment of Object.values(each.segments)) if (!(segment.id in on.segments)) gone.set(segment.id, segment);
  }
  const segment = [...gone.values()][pick % Math.max(1, gone.size)];
  return segment === undefined ? [] : addSegment(on, segment, placeIn(on, pick, segment.id));
}

function lessonOut(on: LessonPackage, id: string): readonly Change[] {
  const lessons = on.lessons.filter((lesson) => lesson.id !== id);
  if (lessons.length === 0) return [];
  const placed = new Set(
    lessons.flatMap((lesson) => lesson.sections.flatMap((s) => s.placements.map((p) => p.segment))),
  );
  const segments = Object.fromEntries(Object.entries(on.segments).filter(([segment]) => placed.has(segment)));
  return diffPackages(on, { ...on, lessons, segments });
}

function lessonIn(river: River, on: LessonPackage, pick: number): readonly Change[] {
  const known = [...river.packages.values()].flatMap((each) => each.lessons.map((lesson) => ({ lesson, from: each })));
  const gone = known.filter(({ lesson }) => !on.lessons.some((other) => other.id === lesson.id));
  const back = gone[pick % Math.max(1, gone.length)];
  if (back === undefined) return [];
  const ids = back.lesson.sections.flatMap((section) => section.placements.map(({ segment }) => segment));
  const missing = ids.filter((id) => !(id in on.segments)).map((id) => [id, back.from.segments[id]] as const);
  const segments = { ...on.segments, ...Object.fromEntries(missing) } as LessonPackage['segments'];
  try {
    return diffPackages(on, { ...on, lessons: [...on.lessons, back.lesson], segments });
  } catch (error) {
    if (error instanceof DomainError) return [];
    throw error;
  }
}
