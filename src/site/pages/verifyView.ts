import type { InterfaceLanguage } from '../../domain/access/access.ts';
import { addresses } from '../addresses.ts';
import { editionFrame, plainFrame } from '../frame.ts';
import type { CodeRow, EditionFacts } from '../pointer.ts';

/** What was found under a code. */
export type Verdict =
  | { readonly kind: 'ask' }
  | { readonly kind: 'unknown'; readonly typed: string; readonly suggestions: readonly string[] }
  | { readonly kind: 'found'; readonly row: CodeRow; readonly facts: EditionFacts };

const signs: Readonly<Record<CodeRow['verdict'], string>> = {
  current: 'current',
  replaced: 'replaced',
  recalled: 'withdrawn',
  withdrawn: 'withdrawn',
  withheld: 'withdrawn',
  leftOut: 'withdrawn',
};

/** Coral is for safety only; a lesson that was left out for other reasons is ink. */
function toneOf(verdict: CodeRow['verdict']): 'good' | 'old' | 'safety' | 'plain' {
  if (verdict === 'current') return 'good';
  if (verdict === 'replaced') return 'old';
  return verdict === 'recalled' || verdict === 'withheld' ? 'safety' : 'plain';
}

/** `/verify` and `/verify/{code}`: a sheet speaks the language of its edition, all else the reader's. */
export function verifyView(verdict: Verdict, language: InterfaceLanguage) {
  if (verdict.kind !== 'found') {
    const suggestions =
      verdict.kind === 'unknown' ? verdict.suggestions.map((code) => ({ code, href: addresses.verifyCode(code) })) : [];
    return {
      frame: plainFrame(language, 'verify'),
      data: {
        typed: verdict.kind === 'unknown' ? verdict.typed : '',
        headline: verdict.kind === 'unknown' ? 'verify.unknown' : null,
        unknown: verdict.kind === 'unknown' ? { typed: verdict.typed, suggestions } : null,
        found: null,
      },
    };
  }
  const { row, facts } = verdict;
  const print = facts.rows.find(({ lesson }) => lesson === row.lesson)?.print ?? null;
  return {
    frame: editionFrame(facts, facts.help, 'verify'),
    data: {
      typed: row.code,
      /** The answer first, also in the title. */
      headline: `verify.verdict.${row.verdict}`,
      unknown: null,
      found: {
        ...row,
        sign: signs[row.verdict],
        tone: toneOf(row.verdict),
        isCurrent: row.verdict === 'current',
        isReplaced: row.verdict === 'replaced',
        isGone: row.verdict !== 'current' && row.verdict !== 'replaced',
        safetyCount: row.changes.filter(({ severity }) => severity === 'safety').length,
        allRight: row.phones.every(({ right }) => right),
        lessonHref: addresses.lesson(facts.tag, row.lesson),
        editionHref: addresses.edition(facts.tag),
        print,
      },
    },
  };
}
