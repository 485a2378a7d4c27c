import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type LocalLesson, type LocalSegment, materialOf, type Picture } from '../../../src/domain/edition/material.ts';
import { gapsOf, routineOf } from '../../../src/domain/edition/materialObstacles.ts';
import {
  newLesson,
  nextLessonId,
  withMoved,
  withoutPlaced,
  withPlaced,
} from '../../../src/domain/edition/ownLessons.ts';
import { agreed, newAddition, putBehind, rewritten, takenOut } from '../../../src/domain/edition/ownSegments.ts';
import { answeredPicture, newPicture, type PictureWish } from '../../../src/domain/edition/pictures.ts';
import { publishedLessonHash, publishedLessonOf } from '../../../src/domain/edition/publishedLesson.ts';
import { readinessOf } from '../../../src/domain/edition/readiness.ts';
import { withMaterial } from '../../../src/domain/edition/withMaterial.ts';
import { segmentsOf, type WorkingEdition } from '../../../src/domain/edition/workingText.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { Lesson, LessonPackage, Segment } from '../../../src/domain/package/lessonPackage.ts';
import { editionAt, segmentOf, smallPackage, spring, unitOf } from '../update/smallRiver.ts';

const at = '2026-06-01T08:00:00.000Z';
const later = (minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString();
const refused = (code: string) => (error: unknown) => error instanceof DomainError && error.code === code;

const fact = { key: 'law.image_handling', type: 'text', need: 'required', scope: 'country' };
const law: Segment = { ...segmentOf('S2', 'By law: {law.image_handling}', 'local'), kind: 'paragraph' };
const statement: Segment = { ...segmentOf('CPS-01', 'It is not your fault.', 'core'), kind: 'statement' };
const drawn: Segment = { ...segmentOf('S4', 'A bridge.'), kind: 'picture', drawing: 'bridge' };
const base: LessonPackage = {
  ...smallPackage([segmentOf('S1', 'First.'), law, statement, drawn]),
  facts: { 'law.image_handling': fact } as unknown as LessonPackage['facts'],
};
const lessonIn = (lessonPackage: LessonPackage, id = 'L1'): Lesson => {
  const lesson = lessonPackage.lessons.find((each) => each.id === id);
  assert.ok(lesson);
  return lesson;
};
const add = (id: string, after: string, more: Partial<Parameters<typeof newAddition>[2]> = {}, source = base) =>
  newAddition(source, lessonIn(source), {
    id,
    edition: 'tr-TR',
    after,
    kind: 'paragraph',
    text: `Words of ${id}.`,
    by: 'elif',
    at,
    ...more,
  });

const order = (lessonPackage: LessonPackage): readonly string[] => segmentsOf(lessonIn(lessonPackage));
const placed = (source: LessonPackage, ...additions: LocalSegment[]) =>
  withMaterial(source, new Map(), materialOf(additions, [], []));

describe('an added segment', () => {
  test('stands behind its predecessor, and the one added last stands nearest', () => {
    const one = add('local-1', 'S1');
    const two = add('local-2', 'S1', { at: later(1) });
    const own = placed(base, one, two).lessonPackage;
    assert.deepEqual(order(own).slice(0, 3), ['S1', 'local-2', 'local-1']);
    const three = newAddition(own, lessonIn(own), { ...one, id: 'local-3', after: 'local-2', at: later(2) });
    assert.deepEqual(order(placed(base, one, two, three).lessonPackage).slice(0, 4), [
      'S1',
      'local-2',
      'local-3',
      'local-1',
    ]);
  });

  test('never comes between the national law and the core statement behind it', () => {
    assert.throws(() => add('local-1', 'S2'), refused('additionBetween'));
    assert.equal(add('local-1', 'CPS-01').after, 'CPS-01');
  });

  test('names only facts that the baseline defines, and is never empty', () => {
    assert.throws(() => add('local-1', 'S1', { text: 'Call {helpline.moon}' }), refused('factUnknown'));
    assert.throws(() => add('local-1', 'S1', { text: ' \n ' }), refused('unitEmpty'));
    assert.equal(add('local-1', 'S1', { text: 'By law: {law.image_handling} ' }).text, 'By law: {law.image_handling}');
    assert.throws(() => add('local-1', 'S9'), refused('segmentUnknown'));
  });

  test('is agreed to by a second person, again after every change, and keeps what it said', () => {
    const first = add('local-1', 'S1');
    assert.throws(() => agreed(first, { by: 'elif', at }), refused('secondPersonNeeded'));
    const read = agreed(first, { by: 'murat', at });
    assert.deepEqual([read.state, read.reviewedBy, read.revision], ['reviewed', 'murat', 2]);
    const other = rewritten(read, 'Other words.', { by: 'ayse', at });
    assert.deepEqual([other.state, other.reviewedBy, other.by], ['translated', null, 'ayse']);
    assert.deepEqual(
      takenOut(other, { by: 'ayse', at }).past.map(({ text }) => text),
      ['Other words.', 'Words of local-1.', 'Words of local-1.'],
    );
  });

  test('whatever the baseline takes away, it stands somewhere or asks where; it is never lost, nor twice', () => {
    const ids = ['S1', 'S2', 'CPS-01', 'S4'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('S1', 'CPS-01', 'S4'), { minLength: 1, maxLength: 6 }),
        fc.subarray(ids),
        fc.boolean(),
        (behind, gone, emptied) => {
          const additions = behind.map((after, index) => add(`local-${index}`, after, { at: later(index) }));
          const lesson = lessonIn(base);
          const sections = lesson.sections.map((section) => ({
            ...section,
            placements: section.placements.filter(({ segment }) => !emptied && !gone.includes(segment)),
          }));
          const next = { ...base, lessons: [{ ...lesson, sections }] };
          const { lessonPackage, homeless } = placed(next, ...additions);
          const found = lessonIn(lessonPackage).sections.flatMap(({ placements }) =>
            placements.map((each) => each.segment),
          );
          const own = [...found.filter((id) => id.startsWith('local-')), ...(homeless.get('L1') ?? [])];
          assert.deepEqual(own.sort(), additions.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 100 },
    );
  });

  test('that asks for its place stops its lesson until a person says where it belongs', () => {
    const lost = add('local-1', 'S1');
    const gone = placed({ ...base, lessons: [{ ...lessonIn(base), sections: [] }] }, lost);
    assert.deepEqual(gone.homeless.get('L1'), ['local-1']);
    const moved = putBehind(lost, lessonIn(base), 'S4', { by: 'elif', at });
    assert.deepEqual(order(placed(base, moved).lessonPackage).slice(-2), ['S4', 'local-1']);
  });
});

const wish: PictureWish = {
  edition: 'tr-TR',
  segment: 'S4',
  drawing: 'bridge',
  alt: 'Üç arkadaş köprüde.',
  credit: { creator: 'Ada', licence: 'CC0', source: 'https://example.org' },
  reason: 'Known here',
  by: 'elif',
  at,
};
const files = { web: 'w'.repeat(64), print: 'p'.repeat(64), width: 600, height: 400, bytes: 1000 };
const river = spring(Object.values(base.segments));

function working(
  more: { segments?: LocalSegment[]; lessons?: LocalLesson[]; pictures?: Picture[] } = {},
): WorkingEdition {
  const material = materialOf(more.segments ?? [], more.lessons ?? [], more.pictures ?? []);
  const units = new Map(
    Object.keys(base.segments).map((id) => [
      id,
      unitOf(river, id, `Metin ${id} {law.image_handling}`, { state: 'final' }),
    ]),
  );
  const own = withMaterial(base, units, material);
  return {
    edition: { ...editionAt(river.newest), demonstration: false },
    lessonPackage: own.lessonPackage,
    units: own.units,
    ledger: new Map(),
    history: river.history,
    material,
    homeless: own.homeless,
  };
}
const ready = (state: WorkingEdition, id = 'L1') =>
  readinessOf(
    state,
    lessonIn(state.lessonPackage, id),
    {},
    () => false,
    '2026-06-01',
    () => [],
  ).obstacles.map(({ kind }) => kind);
const publish = (state: WorkingEdition, id = 'L1') => publishedLessonOf(state, lessonIn(state.lessonPackage, id), {});

describe('publishing what is an edition’s own', () => {
  test('an added text waits for a second person, is part of the lesson’s hash, and is shown as local', () => {
    const local = add('local-1', 'S1');
    assert.deepEqual(ready(working()), []);
    assert.deepEqual(ready(working({ segments: [local] })), ['unreviewed']);
    const state = working({ segments: [agreed(local, { by: 'murat', at })] });
    assert.deepEqual(ready(state), []);
    const lesson = publish(state);
    assert.deepEqual(
      [lesson.segments['local-1']?.policy, lesson.segments['local-1']?.text],
      ['local', 'Words of local-1.'],
    );
    assert.notEqual(publishedLessonHash(lesson), publishedLessonHash(publish(working())));
    assert.equal(
      publishedLessonHash(publish(working())),
      publishedLessonHash(publishedLessonOf({ ...working(), material: undefined as never }, lessonIn(base), {})),
    );
  });

  test('a picture stands in the place of the drawing with its own words, and only after a second person', () => {
    const picture = newPicture(wish, null, files);
    assert.deepEqual(ready(working({ pictures: [picture] })), ['pictureUnreviewed']);
    const all = ['noPupils', 'noHarm', 'alt', 'rights'] as const;
    assert.throws(() => answeredPicture(picture, all, 'elif'), refused('secondPersonNeeded'));
    assert.throws(() => answeredPicture(picture, all.slice(1), 'murat'), refused('answersNeeded'));
    const state = working({ pictures: [answeredPicture(picture, all, 'murat')] });
    assert.deepEqual(ready(state), []);
    const shown = publish(state).segments.S4;
    assert.deepEqual([shown?.text, shown?.drawing, shown?.picture?.web], [wish.alt, undefined, files.web]);
    assert.equal(publish(working({ pictures: [{ ...picture, removed: true }] })).segments.S4?.drawing, 'bridge');
    const untranslated = { ...state, units: new Map([...state.units].filter(([id]) => id !== 'S4')) };
    assert.deepEqual(ready(untranslated), [], 'nobody has to translate what a picture has taken the place of');
    assert.deepEqual(ready({ ...untranslated, material: materialOf([], [], []) }), ['untranslated']);
    const other = { ...answeredPicture(picture, all, 'murat'), drawing: 'older-bridge' };
    assert.deepEqual(ready(working({ pictures: [other] })), ['pictureOld']);
  });

  test('an added picture without a file stops its lesson', () => {
    const local = agreed(add('local-1', 'S1', { kind: 'picture', text: 'Three friends on it.' }), { by: 'murat', at });
    assert.deepEqual(ready(working({ segments: [local] })), ['pictureMissing']);
  });

  test('a picture needs its words, its maker, its source and a reason', () => {
    const without = (change: Partial<PictureWish>) => () => newPicture({ ...wish, ...change }, null, files);
    assert.throws(without({ alt: 'Köprü resmi' }), refused('altNeeded'));
    assert.throws(without({ credit: { ...wish.credit, creator: ' ' } }), refused('creditNeeded'));
    assert.throws(without({ credit: { ...wish.credit, source: '' } }), refused('creditNeeded'));
    assert.throws(without({ reason: '' }), refused('reasonNeeded'));
    assert.throws(without({ alt: 'Call the line {helpline.child}' }), refused('factsForeign'));
    assert.equal(
      newPicture({ ...wish, credit: { creator: 'Ada', licence: 'own', source: '' } }, null, files).revision,
      1,
    );
  });
});

const routine: Segment = segmentOf('SHR.tell.1', 'Listen.', 'core');
const full: LessonPackage = {
  ...base,
  segments: { ...base.segments, 'SHR.tell.1': routine },
  lessons: base.lessons.map((lesson) => ({
    ...lesson,
    sections: [
      ...lesson.sections,
      { id: 'messages', kind: 'messages' as const, placements: [{ segment: 'CPS-01' }] },
      { id: 'safeguarding', kind: 'safeguarding' as const, placements: [{ segment: 'SHR.tell.1' }, { segment: 'S1' }] },
    ],
  })),
};

describe('a lesson of a partner’s own', () => {
  const none = new Set<string>();
  const own = new Set(['L2']);
  const words = (id: string, kind: LocalSegment['kind']): LocalSegment => ({ ...add(id, 'S1'), lesson: 'L2', kind });
  const title = words('local-title', 'heading');
  const begun = newLesson(full, none, {
    edition: 'tr-TR',
    id: 'L2',
    title,
    fields: lessonIn(full).fields,
    reason: 'why',
    by: 'elif',
    at,
  });
  const gaps = (lesson: LocalLesson, ...segments: LocalSegment[]) => {
    const { lessonPackage } = withMaterial(full, new Map(), materialOf([title, ...segments], [lesson], []));
    return gapsOf(lessonPackage, lessonIn(lessonPackage, 'L2'), own);
  };

  test('gets the next free name, never one that was used', () => {
    assert.equal(nextLessonId(['B4', 'L1', 'L3']), 'L2');
  });

  test('begins with its title, the core statement and the routine that all lessons share', () => {
    assert.deepEqual(routineOf(full, none), ['SHR.tell.1']);
    assert.deepEqual(gaps(begun), ['steps', 'practice']);
  });

  test('is whole with a practice step; without the core statement or the routine it is not', () => {
    const step = words('local-step', 'step');
    const placement = { segment: step.id, minutes: 20, practice: true as const };
    const whole = withPlaced(begun, 'steps', placement, null, { at });
    assert.deepEqual(gaps(whole, step), []);
    assert.deepEqual(gaps(withoutPlaced(whole, 'messages', 'CPS-01', { at }), step), ['coreMessages']);
    assert.deepEqual(gaps(withoutPlaced(whole, 'safeguarding', 'SHR.tell.1', { at }), step), ['safeguarding']);
    const { lessonPackage } = withMaterial(full, new Map(), materialOf([title, step], [whole], []));
    assert.equal(lessonIn(lessonPackage, 'L2').fields.minutes, 20);
  });

  test('is put in order one place at a time', () => {
    const steps = ['a', 'b', 'c'].reduce(
      (lesson, id) => withPlaced(lesson, 'steps', { segment: id }, null, { at }),
      begun,
    );
    const orderOf = (lesson: LocalLesson) =>
      lesson.sections.find(({ id }) => id === 'steps')?.placements.map(({ segment }) => segment);
    assert.deepEqual(orderOf(withMoved(steps, 'steps', 'a', 1, { at })), ['b', 'a', 'c']);
    assert.deepEqual(orderOf(withMoved(steps, 'steps', 'a', -1, { at })), ['a', 'b', 'c']);
    assert.deepEqual(orderOf(withPlaced(steps, 'steps', { segment: 'd' }, 'a', { at })), ['a', 'd', 'b', 'c']);
    assert.throws(() => withMoved(steps, 'nowhere', 'a', 1, { at }), refused('sectionUnknown'));
  });
});
