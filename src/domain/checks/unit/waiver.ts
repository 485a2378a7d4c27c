import type { EditionTag } from '../../edition/edition.ts';
import type { SegmentId } from '../../package/lessonPackage.ts';
import { hashOf } from '../../release/canonical.ts';
import type { Hash, Meaning } from '../../release/release.ts';
import type { Instant } from '../../time.ts';
import type { UnitCheck, UnitFinding } from './unitFinding.ts';

/** Why a text is right although a check stumbles over it. Only `other` needs words. */
export const waiverReasons = ['grammar', 'custom', 'name', 'looked', 'other'] as const;
export type WaiverReason = (typeof waiverReasons)[number];

/** A person's word that a text is right as it is. It answers one finding about one text, and no other. */
export type Waiver = {
  readonly edition: EditionTag;
  readonly segment: SegmentId;
  readonly check: UnitCheck;
  /** The finding, the text and the meaning of its source: when one of them changes, the waiver no longer holds. */
  readonly of: Hash;
  readonly reason: WaiverReason;
  /** In the person's own words; may be empty unless the reason is `other`. */
  readonly words: string;
  readonly by: string;
  readonly at: Instant;
  /** Taken back; the record stays. */
  readonly withdrawn: { readonly by: string; readonly at: Instant } | null;
  readonly revision: number;
};

/** A finding with what somebody said to it. */
export type JudgedFinding = UnitFinding & { readonly of: Hash; readonly waiver: Waiver | null };

/** What a waiver of a finding is bound to. */
export function findingHash(
  { check, data }: Pick<UnitFinding, 'check' | 'data'>,
  target: string,
  meaning: Meaning,
): Hash {
  return hashOf({ check, data, target, meaning });
}

/** Findings beside the waivers that answer them. Policy is asked again: a segment may have become core since. */
export function judged(
  findings: readonly UnitFinding[],
  text: { readonly target: string; readonly meaning: Meaning },
  waivers: readonly Waiver[],
): readonly JudgedFinding[] {
  return findings.map((finding) => {
    const of = findingHash(finding, text.target, text.meaning);
    const waiver = waivers.find((each) => each.of === of && each.withdrawn === null);
    return { ...finding, of, waiver: finding.waivable ? (waiver ?? null) : null };
  });
}

/** Whether a finding holds a publication back. */
export const stopsPublication = ({ level, waiver }: JudgedFinding): boolean => level === 'error' && waiver === null;
