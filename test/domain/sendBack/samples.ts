import { textHash } from '../../../src/domain/release/canonical.ts';
import type { SendBack } from '../../../src/domain/sendBack/sendBack.ts';

export const sendBackOf = (more: Partial<SendBack> = {}): SendBack => ({
  id: 'offer-1',
  edition: 'tr-TR',
  segment: 'B4.act.2',
  kind: 'wording',
  sourceText: 'Read the story of Sam aloud.',
  sourceHash: textHash('Read the story of Sam aloud.'),
  proposed: 'Read the story of Sam aloud, twice.',
  ours: 'Sam’in öyküsünü iki kez sesli okuyun.',
  ourLanguage: 'tr',
  reason: 'Children follow it better the second time.',
  evidence: '',
  by: 'ayse',
  at: '2026-02-01T12:00:00.000Z',
  state: 'open',
  answer: null,
  answeredBy: null,
  changeSet: null,
  release: null,
  releasedOn: null,
  changedAt: '2026-02-01T12:00:00.000Z',
  revision: 1,
  ...more,
});
