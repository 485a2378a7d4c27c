import type { Edition, LedgerEntry, TranslationUnit } from '../../src/domain/edition/edition.ts';
import type { MinutesOverride, OrderOverride } from '../../src/domain/edition/override.ts';
import type { Publication, PublishedLesson } from '../../src/domain/edition/publication.ts';
import type { FactValue } from '../../src/domain/facts/fact.ts';
import type { DomainEvent, Notice, OutboxMail } from '../../src/domain/notification/notification.ts';
import type { Lesson } from '../../src/domain/package/lessonPackage.ts';
import { hashOf, textHash } from '../../src/domain/release/canonical.ts';
import type { Update } from '../../src/domain/update/update.ts';
import { lessonPackage } from './baselineSamples.ts';

export const at = '2026-02-01T12:00:00.000Z';

export const edition = (tag: string, revision = 1): Edition => ({
  tag,
  partner: 'tr-moe',
  language: 'tr',
  country: 'TR',
  demonstration: false,
  upstream: { release: '1.0.0', ahead: [] },
  lessons: { B4: { state: 'offered' }, 'C.3': { state: 'leftOut', reason: 'Law' } },
  exitUrl: 'https://example.org/',
  publication: null,
  withdrawn: null,
  revision,
});

export const unit = (tag: string, segment: string, target: string, revision = 1): TranslationUnit => ({
  edition: tag,
  segment,
  target,
  state: 'translated',
  basedOn: textHash(segment),
  adapted: false,
  backTranslation: null,
  by: 'ayse',
  reviewedBy: null,
  at,
  origin: 'person',
  revision,
});

export const ledgerEntry = (tag: string, segment: string): LedgerEntry => ({
  edition: tag,
  segment,
  kind: 'name',
  reason: 'A name from here',
  owner: 'ayse',
  on: '2026-02-01',
  omits: false,
  revision: 1,
});

const place = (tag: string) => ({
  edition: tag,
  lesson: 'B4',
  section: 'steps',
  reason: 'Lessons are short here',
  owner: 'ayse',
  on: '2026-02-01',
  against: '1.0.0',
  revision: 1,
});

export const minutesOverride = (tag: string): MinutesOverride => ({
  ...place(tag),
  kind: 'minutes',
  segment: 'B4.step.1',
  minutes: 15,
  base: 10,
});

export const orderOverride = (tag: string): OrderOverride => ({
  ...place(tag),
  kind: 'order',
  order: ['B4.step.2', 'B4.step.1'],
  base: ['B4.step.1', 'B4.step.2'],
});

export const factValue: FactValue = {
  key: 'helpline.child',
  jurisdiction: 'TR',
  neutral: { phone: '183', display: 'ALO 183' },
  wordings: { tr: { name: 'Alo 183', forms: { 'dative.long': "183'e" } } },
  source: 'https://example.org/',
  lookedUpOn: '2026-01-01',
  certainty: 'high',
  check: { on: '2026-01-02', by: 'ayse', method: 'called' },
  suspended: null,
};

export const update = (id: string, tag: string, revision = 1): Update => ({
  id,
  edition: tag,
  base: '1.0.0',
  target: '1.1.0',
  state: 'draft',
  decisions: { 'B4.step.1': { kind: 'confirm', meaning: 'm', by: 'ayse', at, unitRevision: 1 } },
  log: [{ key: 'B4.step.1', done: 'confirmed', unitRevision: 2, ledgerBefore: null }],
  before: { upstream: { release: '1.0.0', ahead: [] }, lessons: { 'B.4': { state: 'planned' } } },
  startedBy: 'ayse',
  updatedAt: at,
  appliedAt: null,
  revision,
});

export const publishedLesson: PublishedLesson = {
  edition: 'tr-TR',
  language: 'tr',
  country: 'TR',
  demonstration: true,
  release: '1.0.0',
  lesson: lessonPackage(2).lessons[0] as Lesson,
  segments: { 'B4.step.0': { kind: 'paragraph', policy: 'core', text: 'Metin', basedOn: textHash('x') } },
  facts: {
    'helpline.child': { key: 'helpline.child', type: 'phone', neutral: { phone: '183' }, wording: {}, check: null },
  },
  evidence: { e1: 'Somebody, 2020' },
};

export const publication = (tag: string, number: number, code: string, moment = at): Publication => ({
  edition: tag,
  number,
  on: moment.slice(0, 10),
  at: moment,
  by: 'ayse',
  kind: 'lessons',
  lessons: [
    {
      lesson: 'B4',
      hash: hashOf(publishedLesson),
      release: '1.0.0',
      lessonEdition: { number, on: '2026-02-01' },
      code,
    },
  ],
  root: hashOf([tag, number]),
  demonstration: true,
});

export const event = (id: string, subject: string, moment = at): DomainEvent => ({
  id,
  kind: 'audit',
  at: moment,
  by: 'ayse',
  subject,
  action: 'tested',
  data: { 'helpline.child': 1, nothing: null },
});

export const notice = (id: string, person: string, more: Partial<Notice> = {}): Notice => ({
  id,
  event: 'event',
  kind: 'reviewWaits',
  person,
  at,
  readAt: null,
  edition: 'tr-TR',
  release: null,
  changeSet: null,
  severity: null,
  counts: null,
  data: { count: 3 },
  path: '/desk/editions/tr-TR/review',
  ...more,
});

export const mail = (id: string, more: Partial<OutboxMail> = {}): OutboxMail => ({
  id,
  person: 'ayse',
  notices: ['n1'],
  createdAt: at,
  sentAt: null,
  tries: 0,
  notBefore: at,
  lastError: null,
  ...more,
});
