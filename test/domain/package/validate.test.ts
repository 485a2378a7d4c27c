import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LessonPackage } from '../../../src/domain/package/lessonPackage.ts';
import { placeholdersOf, splitPlaceholders } from '../../../src/domain/package/placeholders.ts';
import { validatePackage } from '../../../src/domain/package/validate.ts';
import { lessonOf, packageOf, segmentOf } from './samples.ts';

const sound = packageOf(
  [
    lessonOf('B4', {
      steps: [
        { segment: 's1', minutes: 15 },
        { segment: 's2', minutes: 30, practice: true },
      ],
      questions: ['q', 'wrong', { segment: 'right', right: true }],
    }),
  ],
  [
    segmentOf('s1', { kind: 'step' }),
    segmentOf('s2', { kind: 'step', policy: 'core' }),
    segmentOf('q', { kind: 'question' }),
    segmentOf('wrong', { kind: 'answer' }),
    segmentOf('right', { kind: 'answer' }),
  ],
);
const codes = (lessonPackage: LessonPackage) => validatePackage(lessonPackage).map((each) => each.code);
const withSegment = (id: string, more: object): LessonPackage => ({
  ...sound,
  segments: { ...sound.segments, [id]: { ...segmentOf(id), ...sound.segments[id], ...more } },
});
const withSections = (sections: Parameters<typeof lessonOf>[1]): LessonPackage => ({
  ...sound,
  lessons: [lessonOf('B4', sections)],
});

test('nothing is found in a sound package', () => assert.deepEqual(validatePackage(sound), []));

const practice = { segment: 's2', minutes: 30, practice: true } as const;
const unsound: readonly (readonly [why: string, lessonPackage: LessonPackage, code: string])[] = [
  [
    'a placed segment that is not there',
    withSections({ steps: [{ segment: 's1', minutes: 15 }, practice, 'gone'] }),
    'segmentUnknown',
  ],
  [
    'a segment twice in a section',
    withSections({ steps: [{ segment: 's1', minutes: 15 }, practice], head: ['q', 'q'] }),
    'segmentDuplicate',
  ],
  ['steps that do not add up', withSections({ steps: [practice] }), 'minutesDiffer'],
  [
    'no practice step',
    withSections({
      steps: [
        { segment: 's1', minutes: 15 },
        { segment: 's2', minutes: 30 },
      ],
    }),
    'practiceMissing',
  ],
  ['a practice step that is not core', withSegment('s2', { policy: 'adaptable' }), 'practiceNotCore'],
  [
    'two right answers',
    withSections({
      steps: [{ segment: 's1', minutes: 15 }, practice],
      questions: ['q', { segment: 'wrong', right: true }, { segment: 'right', right: true }],
    }),
    'rightAnswers',
  ],
  [
    'no right answer',
    withSections({ steps: [{ segment: 's1', minutes: 15 }, practice], questions: ['q', 'wrong'] }),
    'rightAnswers',
  ],
  ['a fact that nobody defines', withSegment('q', { text: 'Call: {no.fact}' }), 'factUnknown'],
  ['a variant of nothing', withSegment('q', { variantOf: 'gone' }), 'variantUnknown'],
  [
    'evidence that is not in the register',
    withSections({ steps: [{ segment: 's1', minutes: 15, evidence: ['E9'] }, practice] }),
    'evidenceUnknown',
  ],
  ['a segment without words', withSegment('q', { text: ' ' }), 'textEmpty'],
  ['a lesson twice', { ...sound, lessons: [...sound.lessons, ...sound.lessons] }, 'lessonDuplicate'],
];
for (const [why, lessonPackage, code] of unsound) {
  test(`found: ${why}`, () => assert.deepEqual(codes(lessonPackage), [code]));
}

test('placeholders are facts in braces, with or without a form', () => {
  assert.deepEqual(placeholdersOf('Call: {helpline.child}, or ask {safeguarding.lead_title|dative}.'), [
    { key: 'helpline.child' },
    { key: 'safeguarding.lead_title', form: 'dative' },
  ]);
  assert.deepEqual(placeholdersOf('{ a } {A} {} {{ \\{helpline.child} {a|} {a.}'), []);
});

test('a text cut at its placeholders gives the text again', () => {
  const text = '{a.b} and {c} \\{d} end';
  assert.equal(
    splitPlaceholders(text)
      .map((part) => part.text)
      .join(''),
    text,
  );
});
