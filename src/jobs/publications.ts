import type { World } from '../commands/ports.ts';
import type { PublishStep } from '../commands/publication/composeLessons.ts';
import { type PublishEdition, publishEdition } from '../commands/publication/publishEdition.ts';
import { recordFailedPublication } from '../commands/publication/recordFailure.ts';
import type { Actor } from '../domain/access/access.ts';
import { DomainError } from '../domain/errors.ts';

/** A publication on its way. It goes on when the page is left; after a crash the edition still shows the one before. */
export type PublicationRun =
  | {
      readonly kind: 'running';
      readonly lessons: readonly string[];
      readonly step: PublishStep;
      readonly startedAt: string;
    }
  | { readonly kind: 'done'; readonly number: number; readonly at: string }
  | { readonly kind: 'failed'; readonly error: unknown; readonly at: string };

export type PublicationRuns = {
  /** The run that is on its way, or the last one of this process. */
  readonly of: (tag: string) => PublicationRun | null;
  /** Begins one and returns at once. Throws `publicationRunning`. */
  readonly start: (actor: Actor, input: PublishEdition) => void;
  /** Resolves when nothing is running: for an orderly end. */
  readonly idle: () => Promise<void>;
};

/** One run an edition at a time, in this process. */
export function createPublicationRuns(world: World, onFailure: (tag: string, error: unknown) => void): PublicationRuns {
  const runs = new Map<string, PublicationRun>();
  const underWay = new Set<Promise<void>>();

  const run = async (actor: Actor, input: PublishEdition, startedAt: string): Promise<void> => {
    const tag = input.edition;
    try {
      const publication = await publishEdition(world, actor, input, (step) =>
        runs.set(tag, { kind: 'running', lessons: input.lessons, step, startedAt }),
      );
      runs.set(tag, { kind: 'done', number: publication.number, at: world.now() });
    } catch (error) {
      runs.set(tag, { kind: 'failed', error, at: world.now() });
      onFailure(tag, error);
      const by = actor.kind === 'person' ? actor.person.id : '';
      await recordFailedPublication(world, tag, by, error).catch((problem: unknown) => onFailure(tag, problem));
    }
  };

  return {
    of: (tag) => runs.get(tag) ?? null,
    start: (actor, input) => {
      if (runs.get(input.edition)?.kind === 'running') {
        throw new DomainError('publicationRunning', { edition: input.edition });
      }
      const startedAt = world.now();
      const step: PublishStep = { step: 'check', done: 0, of: 1 };
      runs.set(input.edition, { kind: 'running', lessons: input.lessons, step, startedAt });
      const promise = run(actor, input, startedAt).finally(() => underWay.delete(promise));
      underWay.add(promise);
    },
    idle: async () => {
      await Promise.allSettled([...underWay]);
    },
  };
}
