import type { EditionTag } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import type { FactKey } from '../../domain/facts/fact.ts';
import type { HelplineFault } from '../../domain/feedback/feedback.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import { dayOf } from '../../domain/time.ts';
import { helplineKeys } from '../../formats/page/helpLines.ts';
import { announce } from '../announce.ts';
import type { World } from '../ports.ts';
import { givenLesson } from './givenLesson.ts';

/**
 * A reader says that a helpline is wrong: the edition's coordinators and the authority are told in the same
 * transaction. The same fault of the same line is told once a day and counted after that, so that nobody can bury them
 * in mails. Throws `editionUnknown`, `lessonUnknown`, `factUnknown`.
 */
export async function reportHelpline(
  world: World,
  input: {
    readonly edition: EditionTag;
    readonly lesson: LessonId;
    readonly fact: FactKey;
    readonly fault: HelplineFault;
  },
): Promise<void> {
  const { fact, fault, lesson } = input;
  const on = dayOf(world.now());
  await world.store.transaction(async (store) => {
    const { edition, published } = await givenLesson(store, input);
    const known = published.facts[fact] ?? (await store.facts.byKey(edition.country, fact));
    if (!helplineKeys.includes(fact) || known === null) throw new DomainError('factUnknown', { fact });
    const times = await store.feedback.report(edition.tag, fact, fault, on);
    if (times > 1) return;
    const { tag, partner } = edition;
    await announce(world, store, { kind: 'helplineReported', by: null, edition: tag, partner, fact, fault, lesson });
  });
}
