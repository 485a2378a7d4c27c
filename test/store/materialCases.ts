import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocalLesson, LocalSegment, Picture } from '../../src/domain/edition/material.ts';
import type { Cases } from './contract.ts';
import { outcomes, refused } from './refused.ts';
import { at } from './samples.ts';

const segment: LocalSegment = {
  edition: 'tr-TR',
  id: 'local-1',
  lesson: 'B4',
  section: 'handout:five-steps',
  after: null,
  earlier: ['B4.hand.1.intro'],
  later: [],
  since: at,
  kind: 'paragraph',
  text: 'Bizim sözümüz.',
  state: 'translated',
  by: 'elif',
  reviewedBy: null,
  at,
  past: [{ text: 'Önceki.', state: 'reviewed', by: 'elif', reviewedBy: 'murat', at, revision: 1 }],
  removed: false,
  revision: 1,
};
const lesson: LocalLesson = {
  edition: 'tr-TR',
  id: 'L1',
  fields: {
    band: 'B',
    ages: [10, 12],
    minutes: 0,
    group: 'class',
    screens: 'none',
    sheets: 0,
    topics: ['trust'],
    sensitivity: 'high',
    notForAssembly: true,
    evidence: [],
  },
  sections: [{ id: 'steps', kind: 'steps', placements: [{ segment: 'local-1', minutes: 5, practice: true }] }],
  reason: 'why',
  by: 'elif',
  at,
  removed: false,
  revision: 1,
};
const picture: Picture = {
  edition: 'tr-TR',
  segment: 'B4.hand.1.pic',
  drawing: null,
  web: 'a'.repeat(64),
  print: 'b'.repeat(64),
  width: 600,
  height: 400,
  bytes: 1000,
  alt: 'Üç arkadaş köprüde.',
  credit: { creator: 'Ada', licence: 'CC0', source: 'https://example.org' },
  reason: 'why',
  by: 'elif',
  at,
  reviewedBy: null,
  answered: [],
  removed: false,
  revision: 1,
};

export const materialCases: Cases = (opened) => {
  test('added segments come back as they were; of two writers one is told what the other wrote', async () => {
    const { material } = opened().store;
    await material.saveSegment(segment);
    await material.saveSegment({ ...segment, edition: 'de-CH' });
    assert.deepEqual(await material.segment('tr-TR', 'local-1'), segment);
    assert.deepEqual(await material.segments('tr-TR'), [segment]);
    assert.equal(await material.segment('tr-TR', 'local-2'), null);
    await refused('staleRevision', material.saveSegment(segment));
    const next = { ...segment, text: 'Yeni.', after: 'B4.hand.1.title', reviewedBy: 'murat', revision: 2 };
    assert.deepEqual(await outcomes([material.saveSegment(next), material.saveSegment(next)]), {
      done: 1,
      refusals: ['staleRevision'],
    });
    await assert.rejects(material.saveSegment(next), (error: Error & { data?: { theirs?: string } }) => {
      assert.equal(error.data?.theirs, 'Yeni.');
      return true;
    });
    assert.deepEqual(await material.segment('tr-TR', 'local-1'), next);
  });

  test('lessons and pictures of an edition’s own, each saved by one of two', async () => {
    const { material } = opened().store;
    await material.saveLesson(lesson);
    assert.deepEqual(await material.lessons('tr-TR'), [lesson]);
    assert.deepEqual(await material.lesson('tr-TR', 'L1'), lesson);
    assert.equal(await material.lesson('de-CH', 'L1'), null);
    await refused('staleRevision', material.saveLesson({ ...lesson, revision: 3 }));
    await material.savePicture(picture);
    assert.deepEqual(await material.picture('tr-TR', picture.segment), picture);
    const agreed = { ...picture, reviewedBy: 'murat', answered: ['noPupils', 'alt'] as const, revision: 2 };
    assert.deepEqual(await outcomes([material.savePicture(agreed), material.savePicture(agreed)]), {
      done: 1,
      refusals: ['staleRevision'],
    });
    assert.deepEqual(await material.pictures('tr-TR'), [agreed]);
    assert.deepEqual(await material.pictures('de-CH'), []);
  });
};
