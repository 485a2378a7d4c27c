import type { Lesson, LessonPackage, Segment } from '../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../src/domain/release/canonical.ts';
import { packageRoot } from '../../src/domain/release/merkle.ts';
import type { Release, SegmentRevision } from '../../src/domain/release/release.ts';
import { changeSet } from '../domain/notification/people.ts';

const segmentText = (place: number, change: string) => `Text ${place}${change}`;

/** A package of `size` segments in one lesson; the texts of the `changed` first ones differ. */
export function lessonPackage(size: number, changed = 0): LessonPackage {
  const segments: Record<string, Segment> = {};
  for (let place = 0; place < size; place++) {
    const id = `B4.step.${place}`;
    segments[id] = {
      id,
      kind: 'paragraph',
      policy: 'core',
      text: segmentText(place, place < changed ? ', changed' : ''),
      ...(place === 1 ? { variantOf: 'B4.step.0', from: ['B4.step.0'] } : {}),
    };
  }
  const lesson: Lesson = {
    id: 'B4',
    fields: {
      band: 'B',
      ages: [8, 10],
      minutes: 40,
      group: 'class',
      screens: 'none',
      sheets: 1,
      topics: ['secrets'],
      sensitivity: 'low',
      notForAssembly: false,
      evidence: ['e1'],
    },
    sections: [{ id: 'steps', kind: 'steps', placements: Object.keys(segments).map((segment) => ({ segment })) }],
  };
  return {
    lessons: [lesson],
    segments,
    facts: {
      'helpline.child': { key: 'helpline.child', type: 'phone', need: 'required', label: 'Helpline', checkEvery: 180 },
    },
    evidence: { e1: { id: 'e1', citation: 'Somebody, 2020', follows: 'Practise', certainty: 'high' } },
  };
}

export const releaseOf = (number: string, previous: string | null, of: LessonPackage): Release => ({
  number,
  previous,
  on: '2026-02-01',
  severity: 'content',
  summary: 'Summary',
  sets: [{ ...changeSet, state: 'released', release: number }],
  root: packageRoot(of),
  demonstration: false,
});

export const revisionsOf = (
  release: string,
  of: LessonPackage,
  segments: readonly string[],
): readonly SegmentRevision[] =>
  segments.map((segment) => {
    const hash = textHash(of.segments[segment]?.text ?? '');
    const severity = release === '1.0.0' ? null : 'content';
    return { segment, release, on: '2026-02-01', textHash: hash, meaning: hash, severity, changeSet: null, due: null };
  });
