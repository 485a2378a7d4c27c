import { codeOf } from '../../src/domain/edition/code.ts';
import type { Edition } from '../../src/domain/edition/edition.ts';
import type { Publication, PublishedLesson } from '../../src/domain/edition/publication.ts';
import type { ResolvedFact } from '../../src/domain/facts/fact.ts';
import type { Lesson, LessonPackage, Placement, Section, SectionKind } from '../../src/domain/package/lessonPackage.ts';
import { hashOf, textHash } from '../../src/domain/release/canonical.ts';
import type { ChangeSet, Release, Severity } from '../../src/domain/release/release.ts';
import type { Shelf } from './fakeStore.ts';
import { lessonRows, shortLessons, type Tongue } from './lessonTexts.ts';

const column: Readonly<Record<Tongue, 2 | 3 | 4>> = { en: 2, tr: 3, ar: 4 };
const minutes: Readonly<Record<string, number>> = { 'A3.s1': 5, 'A3.s2': 8, 'A3.s3': 12, 'A3.s4': 15 };
const rightAnswers = new Set(['A3.q1.a', 'A3.q2.b']);

type Piece = { readonly id: string; readonly kind: string; readonly texts: Readonly<Record<Tongue, string>> };

const piecesOf = (section: string): readonly Piece[] =>
  (lessonRows[section] ?? []).map((row) => ({
    id: row[0],
    kind: row[1],
    texts: { en: row[column.en], tr: row[column.tr], ar: row[column.ar] },
  }));

function placementOf({ id }: Piece): Placement {
  return {
    segment: id,
    ...(minutes[id] ? { minutes: minutes[id] } : {}),
    ...(id === 'A3.s3' ? { practice: true as const, evidence: ['E1', 'E3'] } : {}),
    ...(rightAnswers.has(id) ? { right: true as const } : {}),
  };
}

type Drawn = { readonly lesson: Lesson; readonly pieces: readonly Piece[] };

function wholeLesson(): Drawn {
  const sections = Object.keys(lessonRows).map(
    (id): Section => ({
      id,
      kind: (id.split(':')[0] ?? id) as SectionKind,
      placements: piecesOf(id).map(placementOf),
    }),
  );
  const fields = {
    band: 'A',
    ages: [7, 9],
    minutes: 40,
    booster: 15,
    group: 'class',
    screens: 'none',
    sheets: 2,
  } as const;
  const more = { topics: ['games'], sensitivity: 'medium', notForAssembly: true, evidence: ['E1'] } as const;
  return {
    lesson: { id: 'A3', fields: { ...fields, ...more }, sections },
    pieces: Object.keys(lessonRows).flatMap(piecesOf),
  };
}

function shortLesson([id, band, ages, length, topic, en, tr, ar]: (typeof shortLessons)[number]): Drawn {
  const piece = (name: string, kind: string, texts: Piece['texts']): Piece => ({ id: `${id}.${name}`, kind, texts });
  const title = piece('title', 'heading', { en, tr, ar });
  const lead = piece('lead', 'paragraph', {
    en: 'They learn it step by step.',
    tr: 'Adım adım öğrenirler.',
    ar: 'يتعلّمونه خطوة خطوة.',
  });
  const step = piece('s1', 'step', { en: 'Begin', tr: 'Başlangıç', ar: 'البداية' });
  const body = piece('s1.a', 'paragraph', { en: 'Talk about it.', tr: 'Bunu konuşun.', ar: 'تحدّثوا عنه.' });
  const group = ages ? ('class' as const) : ('adults' as const);
  const lesson: Lesson = {
    id,
    fields: {
      band: band as 'A',
      ages,
      minutes: length,
      group,
      screens: id === 'B1' ? 'optional' : 'none',
      sheets: 1,
      topics: [topic as 'games'],
      sensitivity: 'low',
      notForAssembly: false,
      evidence: [],
    },
    sections: [
      { id: 'head', kind: 'head', placements: [title, lead].map(placementOf) },
      { id: 'steps', kind: 'steps', placements: [{ segment: step.id, minutes: length }, placementOf(body)] },
    ],
  };
  return { lesson, pieces: [title, lead, step, body] };
}

export const drawn: readonly Drawn[] = [
  ...shortLessons.slice(0, 1).map(shortLesson),
  wholeLesson(),
  ...shortLessons.slice(1).map(shortLesson),
];

const fact = (key: string, phone: string, name: string, on: string | null): ResolvedFact => ({
  key,
  type: 'phone',
  neutral: { phone },
  wording: { name, hours: '' },
  check: on === null ? null : { on, by: 'two people', method: 'called' },
});

const helps: Readonly<Record<Tongue, Readonly<Record<string, ResolvedFact>>>> = {
  en: {
    'helpline.child': fact('helpline.child', '0800 1111', 'Childline', '2026-02-02'),
    'emergency.number': fact('emergency.number', '999', '', '2026-02-02'),
  },
  tr: {
    'helpline.child': fact('helpline.child', '183', 'Sosyal Destek Hattı', null),
    'emergency.number': fact('emergency.number', '112', '', null),
  },
  ar: {
    'helpline.child': fact('helpline.child', '16 000', 'خط نجدة الطفل', '2026-02-08'),
    'emergency.number': fact('emergency.number', '122', '', '2026-02-08'),
  },
};
const leads: Readonly<Record<Tongue, string>> = {
  en: 'designated safeguarding lead',
  tr: 'okul müdürü',
  ar: 'الأخصائي الاجتماعي',
};

export function publishedOf(index: number, tongue: Tongue, edition: Edition, phone?: string): PublishedLesson {
  const { lesson, pieces } = drawn[index] as Drawn;
  const segments = pieces.map(({ id, kind, texts }) => [
    id,
    { kind, policy: kind === 'statement' ? 'core' : 'adaptable', text: texts[tongue], basedOn: textHash(texts.en) },
  ]);
  const help = helps[tongue];
  const lead: ResolvedFact = {
    key: 'safeguarding.lead_title',
    type: 'text',
    neutral: {},
    wording: { text: leads[tongue] },
    check: { on: '2026-01-10', by: 'x', method: 'visited' },
  };
  return {
    edition: edition.tag,
    language: edition.language,
    country: edition.country,
    demonstration: edition.demonstration,
    release: '1.0.0',
    lesson,
    segments: Object.fromEntries(segments),
    facts: {
      ...help,
      'safeguarding.lead_title': lead,
      ...(phone ? { 'helpline.child': fact('helpline.child', phone, 'Childline', '2026-01-01') } : {}),
    },
    evidence: {
      E1: 'School programmes raise knowledge (invented for a test).',
      E3: 'Skills need rehearsal (invented for a test).',
    },
  };
}

export function releaseOf(number: string, on: string, severity: Severity, sets: readonly ChangeSet[] = []): Release {
  return {
    number,
    previous: null,
    on,
    severity,
    summary: `What ${number} brought`,
    sets,
    root: number,
    demonstration: false,
  };
}

export function packageOf(edit: Readonly<Record<string, string>> = {}): LessonPackage {
  const pieces = drawn.flatMap(({ pieces: each }) => each);
  return {
    lessons: drawn.map(({ lesson }) => lesson),
    segments: Object.fromEntries(
      pieces.map(({ id, kind, texts }) => [
        id,
        { id, kind: kind as 'item', policy: 'core' as const, text: edit[id] ?? texts.en },
      ]),
    ),
    facts: {},
    evidence: {},
  };
}

export const editionOf = (tag: string, over: Partial<Edition> = {}): Edition => ({
  tag,
  partner: 'p',
  language: tag.slice(0, 2),
  country: tag.slice(3, 5),
  demonstration: false,
  upstream: { release: '1.0.0', ahead: [] },
  lessons: {},
  exitUrl: 'https://www.example.org/weather',
  publication: 1,
  withdrawn: null,
  revision: 1,
  ...over,
});

/** Publishes the drawn lessons on the shelf. */
export function publish(shelf: Shelf, edition: Edition, number: number, on: string, phone?: string): Publication {
  const lessons = drawn.map((_, index) => {
    const published = publishedOf(index, edition.language as Tongue, edition, phone);
    const hash = hashOf({ ...published, release: '' });
    shelf.lessons.set(hash, published);
    return { lesson: published.lesson.id, hash, release: '1.0.0', lessonEdition: { number, on }, code: codeOf(hash) };
  });
  const publication: Publication = {
    edition: edition.tag,
    number,
    on,
    at: `${on}T00:00:00.000Z`,
    by: 'p',
    kind: 'lessons',
    lessons,
    root: hashOf(lessons),
    demonstration: edition.demonstration,
  };
  shelf.publications.push(publication);
  return publication;
}

/** Three editions on the first release, each published once. */
export function createShelf(): Shelf {
  const shelf: Shelf = {
    editions: [editionOf('en-GB'), editionOf('tr-TR', { demonstration: true }), editionOf('ar-EG')],
    publications: [],
    lessons: new Map(),
    releases: [releaseOf('1.0.0', '2026-01-15', 'content')],
    packages: new Map([['1.0.0', packageOf()]]),
    history: {},
    recalls: [],
  };
  for (const edition of shelf.editions) publish(shelf, edition, 1, '2026-02-10');
  return shelf;
}

/** A safety release that changes one sentence of lesson A3. */
export function safetyRelease(shelf: Shelf, due = '2026-04-01'): void {
  const before = packageOf().segments['A3.s2.a']?.text ?? '';
  const after = 'Read the comic aloud, and never ask a child what happened to them.';
  const set: ChangeSet = {
    id: 'no-questions',
    title: 'Never ask for stories',
    severity: 'safety',
    reason: 'Children were asked in front of the class.',
    evidence: [],
    summary: 'The comic step no longer asks children for their own stories.',
    due,
    changes: [{ kind: 'segmentEdited', segment: 'A3.s2.a', before, after }],
    clearedVariants: [],
    state: 'released',
    base: '1.0.0',
    release: '1.1.0',
    author: 'a',
    approvedBy: 'b',
    revision: 1,
    updatedAt: '2026-03-01T00:00:00.000Z',
  };
  shelf.releases.push(releaseOf('1.1.0', '2026-03-01', 'safety', [set]));
  shelf.packages.set('1.1.0', packageOf({ 'A3.s2.a': after }));
  const base = { segment: 'A3.s2.a', due: null, changeSet: null, severity: null };
  shelf.history['A3.s2.a'] = [
    { ...base, release: '1.0.0', on: '2026-01-15', textHash: textHash(before), meaning: textHash(before) },
    {
      ...base,
      release: '1.1.0',
      on: '2026-03-01',
      textHash: textHash(after),
      meaning: textHash(after),
      severity: 'safety',
      changeSet: 'no-questions',
      due,
    },
  ];
}
