import { negates } from './negation.ts';
import { lengthOf } from './room.ts';
import type { LooksAt, Said } from './unitFinding.ts';

/** Below these shares of the source's length something of it is probably, or surely, gone. */
const doubtful = 0.5;
const impossible = 0.3;
/** A short text may become much shorter. */
const leastLength = 40;

/**
 * What a core text may not lose beyond its facts: its length (a shortened statement protects less) and its "no". Both are
 * counted, not understood, so they are to look at; only a text that has lost more than two thirds is wrong.
 */
export const coreRules: LooksAt = ({ source, target, language, policy }) => {
  if (policy !== 'core') return [];
  const said: Said[] = [];
  const length = lengthOf(source);
  const share = length < leastLength ? 1 : lengthOf(target) / length;
  if (share < doubtful) {
    const level = share < impossible ? 'error' : 'warning';
    said.push({ check: 'coreShortened', level, data: { percent: Math.round(share * 100) } });
  }
  if (negates(source, 'en') && negates(target, language) === false) {
    said.push({ check: 'negationLost', level: 'warning', data: {} });
  }
  return said;
};
