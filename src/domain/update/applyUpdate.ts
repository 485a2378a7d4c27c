import type { Edition, Kept, LedgerEntry, LessonChoice, TranslationUnit } from '../edition/edition.ts';
import { DomainError } from '../errors.ts';
import type { LessonId, SegmentId } from '../package/lessonPackage.ts';
import type { Instant } from '../time.ts';
import { applyItem } from './applyItem.ts';
import { answers } from './decide.ts';
import type { OurSide } from './ourSide.ts';
import type { Decision, Update, UpdateItem, UpdateLogLine, UpdatePlan } from './update.ts';

/** What is to be written. Nothing that a person wrote is lost: what is replaced or retired goes to the unit's history. */
export type Application = {
  readonly edition: Edition;
  readonly update: Update;
  readonly save: readonly TranslationUnit[];
  readonly retire: readonly TranslationUnit[];
  readonly ledgerSave: readonly LedgerEntry[];
  readonly ledgerDrop: readonly SegmentId[];
  /** Decisions that no longer fit, because the unit or the meaning changed meanwhile. */
  readonly returned: readonly string[];
  /** Decisions about what a set taken ahead does not touch: they wait in a new draft, which has no id yet. */
  readonly draft: Update | null;
};

/**
 * Brings the working edition to the plan's target. The plan is computed from the units as they are now: a decision
 * made on an older revision of a unit comes back instead of being applied, the rest applies, and upstream moves.
 * Readers notice nothing before the next publication.
 */
export function applyUpdate(update: Update, plan: UpdatePlan, ours: OurSide, by: string, at: Instant): Application {
  if (update.state !== 'draft') throw new DomainError('updateDone');
  const written = { save: [], retire: [], ledgerSave: [], ledgerDrop: [] } as Written;
  const returned: string[] = [];
  const log: UpdateLogLine[] = [];
  const wholes = wholesAfter(plan, ours, update);

  for (const item of plan.items) {
    const stored = update.decisions[item.key];
    const fits = stored === undefined || answers(stored, item);
    const about = { key: item.key, kind: item.kind, severity: item.severity };
    if (!fits) returned.push(item.key);
    // A segment that is gone cannot wait in the working text: what was written meanwhile goes to the history, too.
    if (!fits && item.kind !== 'removed') {
      log.push({ ...about, done: 'returned', unitRevision: item.unitRevision });
      continue;
    }
    const line =
      wholes.log.get(item.key) ??
      applyItem({
        item,
        decision: fits ? stored : undefined,
        ours,
        at,
        base: plan.base,
        target: plan.upstream.release,
        wholes,
        ...written,
      });
    log.push({ ...about, ...line });
  }
  const { decisions, rest } = split(update, plan);
  const { kept: _kept, ...edition } = ours.edition;
  return {
    edition: {
      ...edition,
      upstream: plan.upstream,
      lessons: wholes.lessons,
      ...(wholes.kept.length === 0 ? {} : { kept: wholes.kept }),
      revision: ours.edition.revision + 1,
    },
    update: {
      ...update,
      decisions,
      state: 'applied',
      log,
      before: {
        upstream: ours.edition.upstream,
        lessons: ours.edition.lessons,
        ...(ours.edition.kept === undefined ? {} : { kept: ours.edition.kept }),
      },
      startedBy: update.startedBy || by,
      appliedAt: at,
      updatedAt: at,
      revision: update.revision + 1,
    },
    ...written,
    returned,
    draft: rest === null ? null : { ...rest, updatedAt: at },
  };
}

type Written = {
  readonly save: TranslationUnit[];
  readonly retire: TranslationUnit[];
  readonly ledgerSave: LedgerEntry[];
  readonly ledgerDrop: SegmentId[];
};

/** Lessons and kept parts as they are afterwards; `log` has what was done to lessons. */
export type Wholes = {
  readonly lessons: Readonly<Record<LessonId, LessonChoice>>;
  readonly keptLessons: ReadonlySet<LessonId>;
  readonly kept: Kept[];
  readonly log: ReadonlyMap<string, Pick<UpdateLogLine, 'done' | 'unitRevision'>>;
};

function wholesAfter(plan: UpdatePlan, ours: OurSide, update: Update): Wholes {
  const lessons: Record<string, LessonChoice> = { ...ours.edition.lessons };
  const log = new Map<string, Pick<UpdateLogLine, 'done' | 'unitRevision'>>();
  const gone = plan.items.filter((item) => item.kind === 'lessonRemoved');
  const kept = (ours.edition.kept ?? []).filter(
    (part) => !(part.kind === 'lesson' && gone.some((item) => item.key === part.lesson)),
  );
  for (const item of plan.items) {
    const stored = update.decisions[item.key];
    const decision = answers(stored, item) ? stored : undefined;
    if (item.kind === 'lessonAdded') {
      // A choice may be left from an update that was undone.
      if (decision !== undefined || lessons[item.key] === undefined) lessons[item.key] = choiceOf(decision);
      log.set(item.key, { done: decision?.kind === 'decline' ? 'declined' : 'left', unitRevision: 0 });
    }
    if (item.kind === 'lessonRemoved') {
      const done = removedLesson(item, decision, ours, plan);
      if (done.kept !== null) kept.push(done.kept);
      if (done.choice !== null) lessons[item.key] = done.choice;
      log.set(item.key, { done: done.done, unitRevision: 0 });
    }
  }
  const keptLessons = new Set(kept.flatMap((part) => (part.kind === 'lesson' ? [part.lesson] : [])));
  return { lessons, keptLessons, kept, log };
}

const choiceOf = (decision: Decision | undefined): LessonChoice =>
  decision?.kind === 'decline' ? { state: 'leftOut', reason: decision.reason ?? '' } : { state: 'planned' };

/**
 * A lesson that the baseline took out is kept as a local one, or withdrawn: its address then says that it is gone.
 * Until somebody decides it stays as it is, unless nobody ever worked on it.
 */
function removedLesson(item: UpdateItem, decision: Decision | undefined, ours: OurSide, plan: UpdatePlan) {
  const before = (ours.edition.kept ?? []).find((part) => part.kind === 'lesson' && part.lesson === item.key);
  const release = before?.release ?? ours.edition.upstream.release;
  const part = { kind: 'lesson', lesson: item.key, release } as const;
  if (decision?.kind === 'keepOurs') return { done: 'kept', kept: part, choice: null } as const;
  if (decision?.kind === 'confirm') {
    const reason = decision.reason === undefined ? {} : { reason: decision.reason };
    return { done: 'withdrawn', kept: null, choice: { state: 'leftOut', ...reason } } as const;
  }
  const written = plan.items.some((each) => each.kind === 'removed' && each.lessons.includes(item.key) && each.ours);
  const worked = ours.edition.lessons[item.key]?.state === 'offered' || before !== undefined || written;
  if (worked) return { done: 'later', kept: { ...part, undecided: true }, choice: null } as const;
  return { done: 'left', kept: null, choice: null } as const;
}

/** Taking one set ahead leaves the decisions about everything else where they are. */
function split(update: Update, plan: UpdatePlan) {
  if (update.set === undefined) return { decisions: update.decisions, rest: null };
  const about = new Set(plan.items.map((item) => item.key));
  const entries = Object.entries(update.decisions);
  const others = Object.fromEntries(entries.filter(([key]) => !about.has(key)));
  if (Object.keys(others).length === 0) return { decisions: update.decisions, rest: null };
  const { set: _set, ...whole } = update;
  const rest: Update = { ...whole, id: '', decisions: others, log: [], before: null, appliedAt: null, revision: 1 };
  return { decisions: Object.fromEntries(entries.filter(([key]) => about.has(key))), rest };
}
