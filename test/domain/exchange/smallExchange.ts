import type { LedgerEntry, TranslationUnit } from '../../../src/domain/edition/edition.ts';
import type { WorkingEdition } from '../../../src/domain/edition/workingText.ts';
import type { ReadUnit } from '../../../src/domain/exchange/exchangeFile.ts';
import { exchangeUnits } from '../../../src/domain/exchange/exchangeUnits.ts';
import { emptyPackage, type LessonPackage, type Policy } from '../../../src/domain/package/lessonPackage.ts';
import { textHash } from '../../../src/domain/release/canonical.ts';

export const oldSource = 'Do not pay. Call {helpline.child}.';
export const newSource = 'Do not pay. Send nothing. Call {helpline.child}.';
export const plainSource = 'Keep the messages.';

const packageWith = (source: string, policy: Policy): LessonPackage => ({
  ...emptyPackage,
  lessons: [
    {
      id: 'B4',
      fields: {
        band: 'B',
        ages: [9, 11],
        minutes: 45,
        group: 'class',
        screens: 'none',
        sheets: 1,
        topics: ['secrets'],
        sensitivity: 'medium',
        notForAssembly: true,
        evidence: [],
      },
      sections: [{ id: 'steps', kind: 'steps', placements: [{ segment: 'S1' }, { segment: 'S2' }] }],
    },
  ],
  segments: {
    S1: { id: 'S1', kind: 'paragraph', policy, text: source },
    S2: { id: 'S2', kind: 'paragraph', policy: 'adaptable', text: plainSource },
  },
});

export const unitOf = (target: string, change: Partial<TranslationUnit> = {}): TranslationUnit => ({
  edition: 'tr-TR',
  segment: 'S1',
  target,
  state: 'translated',
  basedOn: textHash(oldSource),
  adapted: false,
  backTranslation: null,
  by: 'elif',
  reviewedBy: null,
  at: '2026-11-01T08:00:00.000Z',
  origin: 'person',
  revision: 3,
  ...change,
});

export type Small = {
  readonly source?: string;
  readonly unit?: TranslationUnit | null;
  readonly policy?: Policy;
  readonly ledger?: LedgerEntry;
  readonly language?: string;
};

/** An edition of two segments: S1 with a unit and a source that may have moved on, S2 without one. */
export function workingWith({
  source = oldSource,
  unit = unitOf('Ödeme. Ara: {helpline.child}.'),
  ...rest
}: Small = {}): WorkingEdition {
  const language = rest.language ?? 'tr';
  const revision = (text: string, release: string, severity: 'content' | null) => ({
    segment: 'S1',
    release,
    on: '2026-01-01',
    textHash: textHash(text),
    meaning: textHash(text),
    severity,
    changeSet: severity === null ? null : 'set',
    due: null,
  });
  return {
    edition: {
      tag: language === 'en' ? 'en-GB' : 'tr-TR',
      partner: 'tr',
      language,
      country: 'TR',
      demonstration: false,
      upstream: { release: '1.1.0', ahead: [] },
      lessons: { B4: { state: 'offered' } },
      exitUrl: 'https://example.org/',
      publication: null,
      withdrawn: null,
      revision: 1,
    },
    lessonPackage: packageWith(source, rest.policy ?? 'adaptable'),
    units: new Map(unit === null ? [] : [['S1', unit]]),
    ledger: new Map(rest.ledger === undefined ? [] : [['S1', rest.ledger]]),
    history: { S1: [revision(oldSource, '1.0.0', null), revision(newSource, '1.1.0', 'content')] },
  };
}

/** S1 as it left an edition, with what a tool made of it. */
export function lineFrom(working: WorkingEdition, change: Partial<ReadUnit> = {}): ReadUnit {
  const [unit] = exchangeUnits(working, { kind: 'edition' }, new Map());
  if (unit === undefined) throw new Error('nothing left');
  return { ...unit, claim: 'untouched', ...change };
}
