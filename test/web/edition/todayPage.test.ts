import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { barOf } from '../../../src/web/desk/lessons/lessonsPage.ts';
import { obstacleGroups } from '../../../src/web/desk/lessons/obstacleLinks.ts';
import { pendingSafety, safetyStory } from '../../../src/web/desk/today/safetyStory.ts';
import { streamOf } from '../../../src/web/desk/today/stream.ts';
import { headline, todayPage } from '../../../src/web/desk/today/todayPage.ts';
import { placeCounts, waitingOf } from '../../../src/web/desk/today/waiting.ts';
import { nextUnfinished, openedSegment, workbenchPage } from '../../../src/web/desk/workbench/workbenchPage.ts';
import { actor, deskOf, releases, t, translate } from './pureDesk.ts';
import { sampleEdition, sampleUnit } from './sampleRiver.ts';

describe('the stream', () => {
  const numbers = releases.map(({ release }) => release);

  test('the edition leaves where it stands and is late after a safety release', () => {
    const stream = streamOf(sampleEdition('tr-TR', 'tr', { publication: 7 }), numbers, null, 'en');
    assert.deepEqual(
      stream.slices.map((slice) => [slice.release?.number ?? slice.label?.kind, slice.edition, slice.late]),
      [
        ['1.0.0', 'none', false],
        ['1.1.0', 'leaves', false],
        ['stands', 'passes', false],
        ['1.2.0', 'passes', true],
        ['publication', 'ends', true],
      ],
    );
    assert.deepEqual([stream.behind, stream.safety, stream.earlier], [1, 1, 0]);
  });

  test('a set taken ahead joins, and a draft is drawn', () => {
    const edition = sampleEdition('tr-TR', 'tr', { upstream: { release: '1.1.0', ahead: ['still-stop'] } });
    const stream = streamOf(edition, numbers, { target: '1.2.0', decided: 2 }, 'en');
    assert.deepEqual(
      stream.slices.slice(-3).map((slice) => [slice.edition, slice.label?.kind]),
      [
        ['joins', 'ahead'],
        ['ends', 'unpublished'],
        ['drafts', 'draft'],
      ],
    );
    assert.equal(stream.safety, 0);
    assert.deepEqual(pendingSafety(edition, numbers), []);
  });
});

describe('today', () => {
  test('headlines say small numbers in words', () => {
    assert.deepEqual(
      [0, 1, 3].map((things) => headline(t, things)),
      ['Nothing needs you', 'One thing needs you', 'Three things need you'],
    );
    assert.equal(
      headline((key, values) => translate('ar', key, values), 2),
      'أمران يحتاجان إليك',
    );
  });

  test('safety first, then what stops, then stale, then what waits for this person', () => {
    const desk = deskOf([
      sampleUnit('tr-TR', 'CPS-02', 'Anlat: {helpline.child}.'),
      sampleUnit('tr-TR', 'B4.act.2', 'Oku. 3 dakika.'),
    ]);
    const newest = releases[2]?.lessonPackage;
    assert.ok(newest !== undefined);
    const waiting = waitingOf(desk, actor('murat', 'reviewer'));
    const page = todayPage(t, desk, waiting, { story: safetyStory(desk, newest), names: new Map([['elif', 'Elif']]) });
    assert.equal(page.story?.set, 'still-stop');
    assert.deepEqual(
      page.story?.lessons.map((lesson) => lesson.id),
      ['B4', 'C3'],
    );
    assert.equal(page.story?.left, '14 days left');
    assert.deepEqual(
      page.stoppingFacts?.rows.map((row) => `${row.key} ${row.what}`),
      ['helpline.child was due 12 days ago'],
    );
    assert.equal(page.stoppingFacts?.lessons, 2);
    assert.equal(page.stopped[0]?.why, '11 not translated, 2 read by one person only');
    assert.deepEqual(
      page.stale?.rows.map((row) => [row.id, row.units]),
      [['B4', 1]],
    );
    assert.equal(page.reviews?.count, 2);
    assert.equal(page.headline, 'Six things need you');
    assert.deepEqual(placeCounts(desk, waiting).review, { count: 2 });
  });

  test('nobody is asked to review their own text, and a translator is asked for none', () => {
    const desk = deskOf([sampleUnit('tr-TR', 'CPS-02', 'Anlat: {helpline.child}.')]);
    assert.deepEqual(waitingOf(desk, actor('elif', 'coordinator')).reviews, []);
    assert.deepEqual(waitingOf(desk, actor('deniz', 'translator')).reviews, []);
    assert.deepEqual(waitingOf(desk, actor('deniz', 'coordinator')).reviews, ['CPS-02']);
  });
});

describe('lessons and the workbench', () => {
  test('obstacles lead to the very place, what stops first', () => {
    const desk = deskOf([sampleUnit('tr-TR', 'B4.act.2', 'Oku. 3 dakika.', { state: 'reviewed' })]);
    const readiness = waitingOf(desk, actor('deniz', 'coordinator')).readiness.get('B4');
    assert.ok(readiness !== undefined);
    const groups = obstacleGroups(t, 'tr-TR', readiness);
    assert.deepEqual(
      groups.map((group) => [group.kind, group.stops]),
      [
        ['fact', true],
        ['untranslated', true],
        ['stale', false],
      ],
    );
    assert.equal(groups[0]?.links[0]?.href, '/desk/editions/tr-TR/facts?fact=helpline.child#fact-helpline.child');
    assert.equal(groups[2]?.links[0]?.href, '/desk/editions/tr-TR/lessons/B4?unit=B4.act.2#unit-B4.act.2');
  });

  test('a bar never overflows, and stale text is not done', () => {
    const bar = barOf({ lesson: 'B4', segments: 10, done: 6, reviewed: 6, stale: 2, obstacles: [], ready: false });
    assert.deepEqual(bar, { reviewed: 40, done: 0 });
  });

  test('the first unfinished segment opens; the next one is after it, then from the start', () => {
    const desk = deskOf([sampleUnit('tr-TR', 'B4.title', 'Ters gidince', { state: 'final' })]);
    const lesson = desk.working.lessonPackage.lessons[0];
    assert.ok(lesson !== undefined);
    assert.equal(openedSegment(desk, lesson, 'all', undefined), 'B4.summary');
    assert.equal(openedSegment(desk, lesson, 'all', 'CPS-03'), 'CPS-03');
    assert.equal(openedSegment(desk, lesson, 'stale', undefined), null);
    assert.equal(nextUnfinished(desk, lesson, 'all', 'CPS-03'), 'B4.act.1');
    assert.equal(nextUnfinished(desk, lesson, 'all', 'B4.local'), 'B4.summary');
    const readiness = waitingOf(desk, actor('elif', 'translator')).readiness.get('B4');
    assert.ok(readiness !== undefined);
    const view = { show: 'all', opened: 'B4.title', old: new Map(), here: new Map([['B4.title', 'Murat']]) } as const;
    const page = workbenchPage(t, desk, readiness, lesson, view);
    assert.equal(page.groups[0]?.rows[0]?.here, 'Murat');
    assert.match(page.nextOpen ?? '', /unit=B4\.summary/);
    assert.deepEqual(
      page.filters.map((filter) => filter.count),
      [13, 12, 0, 0],
    );
    assert.equal(page.previous, null);
    assert.deepEqual(page.groups.map((group) => group.section).slice(0, 2), ['Title', 'Objectives']);
  });
});

test('a later release without a safety change waits, with what it brings', () => {
  const counts = {
    take: 0,
    carry: 1,
    stale: 2,
    staleWords: 30,
    conflicts: 0,
    added: 1,
    removed: 0,
    safety: 0,
    factsNeeded: 0,
  };
  const upstream = { release: '1.0.0', ahead: ['still-stop'] };
  const desk = { ...deskOf([], { upstream }), counts };
  const waiting = waitingOf(desk, actor('murat', 'reviewer'));
  const page = todayPage(t, desk, waiting, { story: null, names: new Map() });
  assert.deepEqual(page.update, {
    target: '1.2.0',
    brings: '2 units to redo, 1 new text',
    href: '/desk/editions/tr-TR/update',
  });
  assert.deepEqual(placeCounts(desk, waiting).update, { count: 2, safety: false });
});
