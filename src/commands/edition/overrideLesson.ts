import type { Actor, Person } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import {
  baselineSide,
  inOrder,
  keyOf,
  movableGroups,
  type Override,
  type OverrideKey,
} from '../../domain/edition/override.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Lesson, LessonPackage, Section, SegmentId } from '../../domain/package/lessonPackage.ts';
import { sameValue } from '../../domain/release/canonical.ts';
import { dayOf } from '../../domain/time.ts';
import { authorize } from '../authorize.ts';
import type { Store, World } from '../ports.ts';
import { loadEdition } from './loadWorking.ts';
import { upstreamPackage } from './upstreamPackage.ts';

type Wish = {
  readonly edition: string;
  readonly lesson: string;
  readonly section: string;
  readonly reason: string;
  /** The override's revision that the person saw; 0 when there was none. */
  readonly revision: number;
};
export type OverrideMinutes = Wish & { readonly segment: string; readonly minutes: number };
export type OverrideOrder = Wish & {
  /** First segments of the section's groups, in the order of ours. */
  readonly order: readonly SegmentId[];
};

export const minutesRange = { least: 1, most: 120 } as const;

/**
 * Gives a step minutes of this edition's own; the baseline's number gives them up. Throws `lessonUnknown`,
 * `sectionUnknown`, `segmentUnknown`, `minutesMalformed`, `reasonNeeded`, `staleRevision`.
 */
export async function overrideMinutes(world: World, actor: Actor, input: OverrideMinutes): Promise<Override | null> {
  const key = { ...placeOf(input), kind: 'minutes', segment: input.segment } as const;
  return write(world, actor, input, key, ({ section }) => {
    const base = section.placements.find((placement) => placement.segment === input.segment)?.minutes;
    if (base === undefined) throw new DomainError('segmentUnknown', { segment: input.segment });
    const { least, most } = minutesRange;
    const fits = Number.isInteger(input.minutes) && input.minutes >= least && input.minutes <= most;
    if (!fits) throw new DomainError('minutesMalformed', { least, most });
    const ours = { kind: 'minutes', segment: input.segment, minutes: input.minutes, base } as const;
    return input.minutes === base ? null : ours;
  });
}

/**
 * Gives a section's groups an order of this edition's own; the baseline's order gives it up. Throws what
 * `overrideMinutes` throws, and `orderMalformed` when it is not an order of the groups that can move.
 */
export async function overrideOrder(world: World, actor: Actor, input: OverrideOrder): Promise<Override | null> {
  const key = { ...placeOf(input), kind: 'order', segment: null } as const;
  return write(world, actor, input, key, ({ lessonPackage, section }) => {
    const groups = movableGroups(lessonPackage, section);
    const base = groups.map((group) => group.first);
    const whole = input.order.length === base.length && new Set([...base, ...input.order]).size === base.length;
    if (!whole) throw new DomainError('orderMalformed', { section: section.id });
    const order = inOrder(groups, input.order).map((group) => group.first);
    return sameValue(order, base) ? null : { kind: 'order', order, base };
  });
}

const placeOf = ({ edition, lesson, section }: Wish) => ({ edition, lesson, section });

type Where = { readonly lessonPackage: LessonPackage; readonly lesson: Lesson; readonly section: Section };
type Ours =
  | Pick<Override & { kind: 'minutes' }, 'kind' | 'segment' | 'minutes' | 'base'>
  | Pick<Override & { kind: 'order' }, 'kind' | 'order' | 'base'>;

async function write(
  world: World,
  actor: Actor,
  wish: Wish,
  key: OverrideKey,
  decide: (where: Where) => Ours | null,
): Promise<Override | null> {
  return world.store.transaction(async (store) => {
    const { edition, person } = await enter(store, actor, wish.edition);
    const ours = decide(await whereIn(store, edition, wish));
    const reason = wish.reason.trim();
    const standing = await store.overrides.byKey(key);
    if ((standing?.revision ?? 0) !== wish.revision) {
      throw new DomainError('staleRevision', { ours: reason, theirs: standing?.reason ?? '' });
    }
    if (ours === null) {
      await store.overrides.drop(key);
      return null;
    }
    if (reason === '') throw new DomainError('reasonNeeded');
    const override: Override = {
      ...placeOf(wish),
      ...ours,
      reason,
      owner: person.id,
      on: dayOf(world.now()),
      against: edition.upstream.release,
      revision: wish.revision + 1,
    };
    await store.overrides.save(override);
    return override;
  });
}

async function enter(store: Store, actor: Actor, tag: string): Promise<{ edition: Edition; person: Person }> {
  const edition = await loadEdition(store, tag);
  return { edition, person: authorize(actor, 'unit:write', { partner: edition.partner }) };
}

async function whereIn(store: Store, edition: Edition, wish: Wish): Promise<Where> {
  const lessonPackage = await upstreamPackage(store, edition);
  const lesson = lessonPackage.lessons.find((each) => each.id === wish.lesson);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: wish.lesson });
  const section = lesson.sections.find((each) => each.id === wish.section);
  if (section === undefined) throw new DomainError('sectionUnknown', { lesson: lesson.id, section: wish.section });
  return { lessonPackage, lesson, section };
}

export type OverrideAt = { readonly key: OverrideKey; readonly revision: number };

async function standingAt(store: Store, { key, revision }: OverrideAt): Promise<Override> {
  const override = await store.overrides.byKey(key);
  if (override === null) throw new DomainError('ledgerUnknown', { segment: key.segment ?? key.section });
  if (override.revision !== revision) throw new DomainError('staleRevision', { theirs: override.reason });
  return override;
}

/** "Still true": the date moves, and with it what the baseline says now. Throws `ledgerUnknown`, `staleRevision`. */
export async function confirmOverride(world: World, actor: Actor, at: OverrideAt): Promise<void> {
  await world.store.transaction(async (store) => {
    const { edition } = await enter(store, actor, at.key.edition);
    const override = await standingAt(store, at);
    const lessonPackage = await upstreamPackage(store, edition);
    const base = baselineSide(lessonPackage, keyOf(override)) ?? override.base;
    const looked = { on: dayOf(world.now()), against: edition.upstream.release, revision: override.revision + 1 };
    await store.overrides.save({ ...override, base, ...looked } as Override);
  });
}

/** Gives minutes or an order up: the baseline's stand again. Throws `ledgerUnknown`, `staleRevision`. */
export async function giveUpOverride(world: World, actor: Actor, at: OverrideAt): Promise<void> {
  await world.store.transaction(async (store) => {
    await enter(store, actor, at.key.edition);
    await store.overrides.drop(keyOf(await standingAt(store, at)));
  });
}
