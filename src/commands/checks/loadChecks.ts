import { createRemembering } from '../../domain/checks/unit/remember.ts';
import { roomsOf } from '../../domain/checks/unit/room.ts';
import type { CheckedText, UnitFinding } from '../../domain/checks/unit/unitFinding.ts';
import { type JudgedFinding, judged, type Waiver } from '../../domain/checks/unit/waiver.ts';
import type { WordingRules } from '../../domain/checks/wording.ts';
import type { WorkingEdition, WorkingUnit } from '../../domain/edition/workingText.ts';
import { meaningOf } from '../../domain/release/meaning.ts';
import type { Store, World } from '../ports.ts';

/** What the checks say of an edition's texts. */
export type EditionChecks = {
  /** The findings about a segment's working text, with what somebody said to each. */
  readonly of: (unit: WorkingUnit) => readonly JudgedFinding[];
  /** The findings about a text that is not saved, as if it stood in the unit's place. */
  readonly ofText: (unit: WorkingUnit, target: string) => readonly JudgedFinding[];
  /** Null where nobody has written down what the language does not say: then nothing is claimed about it. */
  readonly rules: WordingRules | null;
};

/** The texts of several large editions. */
const mostRemembered = 40_000;
const remembering = createRemembering(mostRemembered);

/** Rules are read once a process; the number names them in what is remembered. */
const numbers = new WeakMap<WordingRules, number>();
let rulesSeen = 0;

function stampOf(language: string, rules: WordingRules | null): string {
  if (rules === null) return language;
  const known = numbers.get(rules) ?? ++rulesSeen;
  numbers.set(rules, known);
  return `${language} ${known}`;
}

/** Loads what the checks need of an edition, each once. */
export async function loadChecks(
  world: Pick<World, 'wording'> & { readonly store: Pick<Store, 'waivers'> },
  working: WorkingEdition,
): Promise<EditionChecks> {
  const { edition, lessonPackage, ledger } = working;
  const waivers = Map.groupBy(await world.store.waivers.ofEdition(edition.tag), (waiver) => waiver.segment);
  const rules = world.wording.get(edition.language) ?? null;
  const stamp = stampOf(edition.language, rules);
  const rooms = roomsOf(lessonPackage);
  const look = (unit: WorkingUnit, target: string): readonly UnitFinding[] => {
    const segment = lessonPackage.segments[unit.segment];
    if (segment === undefined) return [];
    const text: CheckedText = {
      segment: unit.segment,
      source: unit.source,
      target,
      language: edition.language,
      kind: segment.kind,
      policy: segment.policy,
      adapted: segment.policy !== 'core' && isAdapted(ledger.has(unit.segment), unit, edition.language),
      room: rooms.get(unit.segment) ?? null,
      rules,
      glossary: null,
    };
    return remembering(text, stamp);
  };
  const answered = (unit: WorkingUnit, target: string): readonly JudgedFinding[] => {
    const findings = look(unit, target);
    if (findings.length === 0) return none;
    const meaning = meaningOf(working.history[unit.segment] ?? [], unit.sourceHash);
    return judged(findings, { target, meaning }, waivers.get(unit.segment) ?? noWaivers);
  };
  return {
    // What is inherited is the authority's own text, and what is missing has no words to look at.
    of: (unit) => (unit.origin === 'unit' ? answered(unit, unit.text) : none),
    ofText: answered,
    rules,
  };
}

const none: readonly JudgedFinding[] = [];
const noWaivers: readonly Waiver[] = [];

/** The ledger names it, or it says the same thing in the source's own language. */
const isAdapted = (inLedger: boolean, { unit }: WorkingUnit, language: string): boolean =>
  inLedger || unit?.adapted === true || language === 'en';
