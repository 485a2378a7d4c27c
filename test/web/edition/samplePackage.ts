import type { FactDefinition } from '../../../src/domain/facts/fact.ts';
import type {
  LessonFields,
  LessonPackage,
  Placement,
  Section,
  Segment,
} from '../../../src/domain/package/lessonPackage.ts';

const fields: LessonFields = {
  band: 'B',
  ages: [10, 12],
  minutes: 45,
  group: 'class',
  screens: 'none',
  sheets: 1,
  topics: ['blackmail'],
  sensitivity: 'high',
  notForAssembly: true,
  evidence: [],
};

const core = (id: string, kind: Segment['kind'], text: string): Segment => ({ id, kind, policy: 'core', text });
const free = (id: string, kind: Segment['kind'], text: string): Segment => ({ id, kind, policy: 'adaptable', text });

const segments: readonly Segment[] = [
  core('B4.title', 'heading', 'When it goes wrong'),
  free('B4.summary', 'paragraph', 'Children learn whom to tell when a message frightens them.'),
  core('B4.obj.1', 'item', 'name two adults whom I can tell'),
  core(
    'CPS-02',
    'statement',
    'Keep telling. If the first adult does not help, tell another, or call: {helpline.child}.',
  ),
  core('CPS-03', 'statement', 'Stop now. Do not pay. Do not send anything more.'),
  core('B4.act.1', 'step', 'Agree the rules'),
  {
    ...free('B4.act.2', 'paragraph', 'Read the story of Sam aloud. Give the class 3 minutes to talk in pairs.'),
    note: 'The name may be changed.',
  },
  core('B4.act.3', 'step', 'Practise telling'),
  free('B4.act.4', 'speech', 'You can always come to me, today or in a year.'),
  core('B4.q.1', 'question', 'What do you do first?'),
  core('B4.q.1.a', 'answer', 'I tell an adult whom I trust'),
  core('B4.q.1.b', 'answer', 'I pay'),
  { ...free('B4.local', 'paragraph', 'In a danger call {emergency.number}.'), policy: 'local' },
  core('C3.title', 'heading', 'Online blackmail: first steps'),
  free('C3.act.1', 'step', 'Sort myths from facts'),
];

const placed = (...ids: readonly (string | Placement)[]): readonly Placement[] =>
  ids.map((each) => (typeof each === 'string' ? { segment: each } : each));
const section = (kind: Section['kind'], placements: readonly Placement[]): Section => ({ id: kind, kind, placements });

const facts: readonly FactDefinition[] = [
  { key: 'emergency.number', type: 'phone', need: 'required', label: 'The number for an emergency', checkEvery: 180 },
  {
    key: 'helpline.child',
    type: 'phone',
    need: 'required',
    label: 'The national helpline for children',
    checkEvery: 180,
  },
  { key: 'helpline.parent', type: 'contact', need: 'recommended', label: 'A helpline for parents', checkEvery: 180 },
  {
    key: 'removal.service',
    type: 'url',
    need: 'recommended',
    label: 'A service that takes pictures down',
    checkEvery: 180,
    fallback: { url: 'https://removal.example.org', name: 'Picture Down' },
  },
  { key: 'law.extortion', type: 'law', need: 'recommended', label: 'Why it is a crime', checkEvery: 365 },
  { key: 'safeguarding.lead_title', type: 'text', need: 'recommended', label: 'Whom a school names', checkEvery: 365 },
];

/** The first release's package: two lessons, with one of everything. */
export const firstPackage: LessonPackage = {
  lessons: [
    {
      id: 'B4',
      fields,
      sections: [
        section('head', placed('B4.title', 'B4.summary')),
        section('objectives', placed('B4.obj.1')),
        section('messages', placed('CPS-02', 'CPS-03')),
        section(
          'steps',
          placed(
            { segment: 'B4.act.1', minutes: 5 },
            'B4.act.2',
            { segment: 'B4.act.3', minutes: 20, practice: true },
            'B4.act.4',
          ),
        ),
        section('questions', placed('B4.q.1', { segment: 'B4.q.1.a', right: true }, 'B4.q.1.b')),
        section('safeguarding', placed('B4.local')),
      ],
    },
    {
      id: 'C3',
      fields: { ...fields, band: 'C', ages: [13, 15] },
      sections: [
        section('head', placed('C3.title')),
        section('messages', placed('CPS-03')),
        section('steps', placed({ segment: 'C3.act.1', minutes: 15 })),
      ],
    },
  ],
  segments: Object.fromEntries(segments.map((segment) => [segment.id, segment])),
  facts: Object.fromEntries(facts.map((fact) => [fact.key, fact])),
  evidence: {},
};
