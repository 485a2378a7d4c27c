import { coreRules } from './coreRules.ts';
import { endingCheck } from './endingCheck.ts';
import { factsCheck } from './factsCheck.ts';
import { glossaryCheck } from './glossaryCheck.ts';
import { marksCheck } from './marksCheck.ts';
import { numbersCheck } from './numbersCheck.ts';
import { roomCheck } from './room.ts';
import { type CheckedText, type LooksAt, type Said, type UnitFinding, unitChecks } from './unitFinding.ts';
import { untouchedCheck } from './untouchedCheck.ts';
import { freeFactCheck, wordingCheck } from './wordingCheck.ts';

const all: readonly LooksAt[] = [
  factsCheck,
  freeFactCheck,
  wordingCheck,
  untouchedCheck,
  numbersCheck,
  marksCheck,
  coreRules,
  glossaryCheck,
  roomCheck,
  endingCheck,
];

/** A number of so few digits may be a count; a longer one, and an address, is never anything but a fact. */
const mayBeCount = /^\d{3,4}$/;

/**
 * Whether policy lets a person say that a text is right as it is: never for core, never for facts, never for what
 * crosses a red line.
 */
function mayBeWaived({ policy }: CheckedText, { check, data }: Said): boolean {
  if (policy === 'core') return false;
  switch (check) {
    case 'factsMissing':
    case 'factsForeign':
    case 'avoidedTerm':
    case 'redLine':
    case 'marksBroken':
      return false;
    case 'freeFact':
      return mayBeCount.test(String(data.value));
    default:
      return true;
  }
}

/** Everything that is wrong with a text or to be looked at: errors first, each in the order of `unitChecks`. */
export function checkUnit(text: CheckedText): readonly UnitFinding[] {
  if (text.target.trim() === '') return [];
  const said = all.flatMap((looksAt) => looksAt(text));
  if (said.length === 0) return none;
  return said
    .map((one): UnitFinding => ({ ...one, waivable: mayBeWaived(text, one) }))
    .sort((one, other) => rank(one) - rank(other));
}

const none: readonly UnitFinding[] = [];
const rank = ({ level, check }: Said): number =>
  (level === 'error' ? 0 : unitChecks.length) + unitChecks.indexOf(check);
