import type { Actor, Person } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { type LocalLesson, ownLessonKinds } from '../../domain/edition/material.ts';
import { statementsFor, withMoved, withoutPlaced, withPlaced } from '../../domain/edition/ownLessons.ts';
import { ownText, takenOut } from '../../domain/edition/ownSegments.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Placement } from '../../domain/package/lessonPackage.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { Store, World } from '../ports.ts';
import { lessonIn, loadOwnPackage, ownLessonAt } from './material.ts';
import { ownWords } from './ownWords.ts';

export type LessonAt = { readonly edition: string; readonly lesson: string; readonly revision: number };

export type WriteInLesson = {
  readonly section: string;
  readonly kind: string;
  readonly text: string;
  /** Null: at the end of the section. */
  readonly after: string | null;
  /** Of a step. */
  readonly minutes: number | null;
  readonly practice: boolean;
};

/** Writes a segment into a lesson of the partner's own. Throws `kindNotOffered`, `unitEmpty`, `factUnknown`. */
export function writeInLesson(world: World, actor: Actor, at: LessonAt, input: WriteInLesson): Promise<LocalLesson> {
  return change(world, actor, at, async ({ store, edition, person, lesson }) => {
    const kind = ownLessonKinds.find((each) => each === input.kind);
    if (kind === undefined) throw new DomainError('kindNotOffered', { kind: input.kind });
    const { lessonPackage } = await loadOwnPackage(store, edition);
    const local = ownWords(world, person, edition, {
      lesson: lesson.id,
      section: input.section,
      kind,
      text: ownText(lessonPackage, lesson.id, input.text),
    });
    const placement: Placement = {
      segment: local.id,
      ...(kind === 'step' ? { minutes: Math.max(1, input.minutes ?? 0) } : {}),
      ...(kind === 'step' && input.practice ? { practice: true as const } : {}),
    };
    const next = withPlaced(lesson, input.section, placement, input.after, { at: world.now() });
    await store.material.saveSegment(local);
    return next;
  });
}

/** Places a core statement of the baseline among the messages. Throws `segmentUnknown` for anything else. */
export function placeStatement(world: World, actor: Actor, at: LessonAt, statement: string): Promise<LocalLesson> {
  return change(world, actor, at, async ({ store, edition, lesson }) => {
    const { lessonPackage, material } = await loadOwnPackage(store, edition);
    const offered = statementsFor(lessonPackage, new Set(material.lessons.keys()), lessonIn(lessonPackage, lesson.id));
    if (!offered.includes(statement)) throw new DomainError('segmentUnknown', { segment: statement });
    return withPlaced(lesson, 'messages', { segment: statement }, null, { at: world.now() });
  });
}

/** One place up or down in its section. */
export function moveInLesson(
  world: World,
  actor: Actor,
  at: LessonAt,
  where: { readonly section: string; readonly segment: string; readonly by: 1 | -1 },
): Promise<LocalLesson> {
  return change(world, actor, at, async ({ lesson }) =>
    withMoved(lesson, where.section, where.segment, where.by, { at: world.now() }),
  );
}

/**
 * Takes a segment out of a lesson of the partner's own; the words stay with what was taken out. Throws `omissionOfCore`
 * for a part of the routine.
 */
export function takeFromLesson(
  world: World,
  actor: Actor,
  at: LessonAt,
  where: { readonly section: string; readonly segment: string },
): Promise<LocalLesson> {
  return change(world, actor, at, async ({ store, edition, lesson }) => {
    const local = await store.material.segment(edition.tag, where.segment);
    const now = world.now();
    // The routine for a child who tells is the baseline's, whole or not at all.
    if (local === null && where.section !== 'messages') {
      throw new DomainError('omissionOfCore', { segment: where.segment });
    }
    if (local !== null && !local.removed && local.lesson === lesson.id) {
      await store.material.saveSegment(takenOut(local, { by: local.by, at: now }));
    }
    return withoutPlaced(lesson, where.section, where.segment, { at: now });
  });
}

/**
 * Takes a lesson of the partner's own out of the edition, with a reason that readers see; they lose it with the next
 * publication. Throws `reasonNeeded`.
 */
export function takeLessonOut(world: World, actor: Actor, at: LessonAt, reason: string): Promise<LocalLesson> {
  return change(world, actor, at, async ({ store, edition, lesson }) => {
    const why = reason.trim();
    if (why === '') throw new DomainError('reasonNeeded');
    await store.editions.save({
      ...edition,
      lessons: { ...edition.lessons, [lesson.id]: { state: 'leftOut', reason: why } },
      revision: edition.revision + 1,
    });
    return { ...lesson, removed: true, at: world.now(), revision: lesson.revision + 1 };
  });
}

type Open = {
  readonly store: Store;
  readonly edition: Edition;
  readonly person: Person;
  readonly lesson: LocalLesson;
};

async function change(
  world: World,
  actor: Actor,
  at: LessonAt,
  make: (open: Open) => Promise<LocalLesson>,
): Promise<LocalLesson> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, at.edition);
    const person = authorize(actor, 'material:write', { partner: edition.partner });
    const lesson = await ownLessonAt(store, at);
    const next = await make({ store, edition, person, lesson });
    await store.material.saveLesson(next);
    return next;
  });
}
