import { DomainError } from '../errors.ts';
import type { ReleaseNumber, Severity } from './release.ts';

/** The number of the release after `previous`: the last place for editorial ones, the middle one for the others. */
export function nextNumber(previous: ReleaseNumber | null, severity: Severity): ReleaseNumber {
  if (previous === null) return '0.1.0';
  const [major, minor, patch] = partsOf(previous);
  return severity === 'editorial' ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** Negative when `a` is the earlier release, positive when it is the later one, 0 when they are one. */
export function compareNumbers(a: ReleaseNumber, b: ReleaseNumber): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

function partsOf(number: ReleaseNumber): readonly [number, number, number] {
  const match = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})$/.exec(number);
  if (match === null) throw new DomainError('releaseUnknown', { release: number });
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
