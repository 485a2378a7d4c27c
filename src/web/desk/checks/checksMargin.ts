import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { roomsOf } from '../../../domain/checks/unit/room.ts';
import { type JudgedFinding, waiverReasons } from '../../../domain/checks/unit/waiver.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { namesOf } from '../today/loadDesk.ts';
import type { MarginPart } from '../workbench/marginParts.ts';
import { findingText } from './findingWords.ts';
import { passedChecks } from './passedChecks.ts';

/** A finding beside the unit, with what can be done about it here. */
export type FindingLine = {
  readonly outcome: 'wrong' | 'look' | 'waived';
  readonly sign: string;
  readonly text: string;
  readonly of: string;
  /** Why nobody waives it here; null where somebody can, or has. */
  readonly why: string | null;
  readonly mayWaive: boolean;
  readonly waiver: {
    readonly reason: string;
    readonly words: string;
    readonly by: string;
    readonly at: string;
    readonly revision: number;
    readonly mayWithdraw: boolean;
  } | null;
};

/** What the checks say of the open unit: what is wrong first, then what passed. */
export const checksMargin: MarginPart = async ({ context, desk, lesson, unit, show, target }) => {
  const { t, actor, edition } = context;
  const { checks, working } = desk;
  if (target.trim() === '') return { later: true };
  const findings = checks.ofText(unit, target);
  const saved = unit.origin === 'unit' && target === unit.text;
  const names = await namesOf(
    context,
    findings.map(({ waiver }) => waiver?.by),
  );
  const lines = findings
    .map((finding) => lineOf(t, finding, { actor, partner: edition.partner, saved, core: isCore(unit.segment) }, names))
    .sort((one, other) => rank[one.outcome] - rank[other.outcome]);
  const open = lines.filter((line) => line.outcome !== 'waived').length;
  return {
    lines,
    open,
    passed: passedChecks(t, new Set(findings.map(({ check }) => check)), {
      source: unit.source,
      language: edition.language,
      core: isCore(unit.segment),
      tight: roomsOf(working.lessonPackage).has(unit.segment),
      hasList: checks.rules !== null,
    }),
    noList: checks.rules === null,
    reasons: waiverReasons.map((reason) => ({ reason, text: t(`checks:waive.reasons.${reason}`) })),
    lesson: lesson.id,
    show,
    hrefs: {
      waive: paths.unitWaivers.to(edition.tag, unit.segment),
      withdraw: paths.unitWaiverWithdrawal.to(edition.tag, unit.segment),
    },
  };

  function isCore(segment: string): boolean {
    return working.lessonPackage.segments[segment]?.policy === 'core';
  }
};

const rank = { wrong: 0, look: 1, waived: 2 } as const;
const signs = { wrong: 'stops', look: 'look', waived: 'done' } as const;

type Here = { readonly actor: Actor; readonly partner: string; readonly saved: boolean; readonly core: boolean };

function lineOf(t: Translate, finding: JudgedFinding, here: Here, names: ReadonlyMap<string, string>): FindingLine {
  const { waiver, level, of } = finding;
  const outcome = waiver !== null ? 'waived' : level === 'error' ? 'wrong' : 'look';
  const subject = { partner: here.partner };
  const writes = can(here.actor, 'unit:write', subject);
  const may = level === 'error' ? can(here.actor, 'unit:review', subject) : writes;
  const why = waiver !== null ? null : hindrance(finding, here, may);
  return {
    outcome,
    sign: signs[outcome],
    text: findingText(t, finding),
    of,
    why: why === null || !writes ? null : t(`checks:why.${why}`),
    mayWaive: waiver === null && why === null,
    waiver:
      waiver === null
        ? null
        : {
            reason: t(`checks:waive.reasons.${waiver.reason}`),
            words: waiver.words,
            by: names.get(waiver.by) ?? '',
            at: waiver.at,
            revision: waiver.revision,
            mayWithdraw: may,
          },
  };
}

/** Why a finding is not waived here. What has to be mended anyway says so only where it stops. */
function hindrance(finding: JudgedFinding, { saved, core }: Here, may: boolean) {
  if (!finding.waivable) return core ? 'core' : 'redLine';
  if (!may) return 'reviewer';
  return saved ? null : 'save';
}
