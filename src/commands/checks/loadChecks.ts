import type { Glossary } from '../../domain/checks/unit/glossaryCheck.ts';
import { createRemembering } from '../../domain/checks/unit/remember.ts';
import { roomsOf } from '../../domain/checks/unit/room.ts';
import { type CheckedText, checksOfTextAlone, type UnitFinding } from '../../domain/checks/unit/unitFinding.ts';
import { type JudgedFinding, judged, type Waiver } from '../../domain/checks/unit/waiver.ts';
import type { WordingRules } from '../../domain/checks/wording.ts';
import type { WorkingEdition, WorkingUnit } from '../../domain/edition/workingText.ts';
import type { Term } from '../../domain/memory/term.ts';
import { termFindings } from '../../domain/memory/terms.ts';
import { hashOf } from '../../domain/release/canonical.ts';
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

/** Names the words that a text was looked at with. */
function stampOf(language: string, rules: WordingRules | null, terms: readonly Term[]): string {
  const known = rules === null ? 0 : (numbers.get(rules) ?? ++rulesSeen);
  if (rules !== null) numbers.set(rules, known);
  const agreed = terms.length === 0 ? '' : hashOf(terms.map(({ id, revision }) => [id, revision]));
  return `${language} ${known} ${agreed}`;
}

/** Loads what the checks need of an edition, each once. */
export async function loadChecks(
  world: Pick<World, 'wording'> & { readonly store: Pick<Store, 'waivers' | 'glossary'> },
  working: WorkingEdition,
): Promise<EditionChecks> {
  const { edition, lessonPackage, ledger, material } = working;
  const { language } = edition;
  const terms = await world.store.glossary.ofLanguage(language);
  const waivers = Map.groupBy(await world.store.waivers.ofEdition(edition.tag), (waiver) => waiver.segment);
  const rules = world.wording.get(language) ?? null;
  const stamp = stampOf(language, rules, terms);
  const glossary = terms.length === 0 ? null : glossaryOf(terms, language);
  const rooms = roomsOf(lessonPackage);
  const look = (unit: WorkingUnit, target: string): readonly UnitFinding[] => {
    const segment = lessonPackage.segments[unit.segment];
    if (segment === undefined) return [];
    // A segment of the edition's own has no source: its words are ours from the start.
    const own = material?.segments.has(unit.segment) ?? false;
    const text: CheckedText = {
      segment: unit.segment,
      source: own ? '' : unit.source,
      target,
      language,
      kind: segment.kind,
      policy: segment.policy,
      adapted: segment.policy !== 'core' && isAdapted(ledger.has(unit.segment), unit, language),
      room: rooms.get(unit.segment) ?? null,
      rules,
      glossary,
    };
    const found = remembering(text, stamp);
    return own ? found.filter(({ check }) => checksOfTextAlone.includes(check)) : found;
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

/** The terms agreed for the language, as a check asks them. */
const glossaryOf =
  (terms: readonly Term[], language: string): Glossary =>
  (source, target) =>
    termFindings(terms, source, target, language).map((finding) =>
      finding.kind === 'termMissing'
        ? { kind: 'termMissing', word: finding.word, wanted: finding.term.targets.map(({ text }) => text) }
        : { kind: 'termForbidden', word: finding.word, instead: finding.instead, why: finding.why },
    );

const none: readonly JudgedFinding[] = [];
const noWaivers: readonly Waiver[] = [];

/** The ledger names it, or it says the same thing in the source's own language. */
const isAdapted = (inLedger: boolean, { unit }: WorkingUnit, language: string): boolean =>
  inLedger || unit?.adapted === true || language === 'en';
