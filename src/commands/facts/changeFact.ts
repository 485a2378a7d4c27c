import type { Actor } from '../../domain/access/access.ts';
import type { Edition } from '../../domain/edition/edition.ts';
import { DomainError } from '../../domain/errors.ts';
import type { FactCheck, FactProposal, FactValue } from '../../domain/facts/fact.ts';
import { checkFactValue } from '../../domain/facts/factValue.ts';
import { factIn } from '../../domain/package/lessonPackage.ts';
import { dayOf } from '../../domain/time.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import { upstreamPackage } from '../edition/upstreamPackage.ts';
import type { Store, World } from '../ports.ts';
import { publishFacts } from '../publication/publishEdition.ts';

export type ProposeFact = {
  readonly edition: string;
  readonly key: string;
  readonly value: Pick<FactValue, 'neutral' | 'source' | 'certainty'> & {
    readonly wording: FactValue['wordings'][string];
  };
  /** Set when the person has checked it: by a call, a visit to the page, or with a lawyer. */
  readonly method: FactCheck['method'] | null;
  readonly reason: string;
  /** `at` of the proposal that the person saw waiting; empty for none. Absent: whatever waits is replaced. */
  readonly seen?: string;
};

/**
 * Proposes a value; a second person has to confirm it. Throws `factUnknown`, `factMalformed`, `reasonNeeded`,
 * `staleRevision` when somebody proposed another value meanwhile.
 */
export async function proposeFact(world: World, actor: Actor, input: ProposeFact): Promise<FactProposal> {
  return world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'facts:propose', { partner: edition.partner });
    const definition = factIn(await upstreamPackage(store, edition), input.key);
    if (definition === undefined) throw new DomainError('factUnknown', { fact: input.key });
    if (input.reason.trim() === '') throw new DomainError('reasonNeeded');
    const waiting = await store.facts.proposal(edition.country, input.key);
    if (waiting !== null && waiting.at !== (input.seen ?? waiting.at)) throw new DomainError('staleRevision', {});
    const before = await store.facts.byKey(edition.country, input.key);
    const today = dayOf(world.now());
    const value: FactValue = {
      key: input.key,
      jurisdiction: edition.country,
      neutral: input.value.neutral,
      wordings: { ...before?.wordings, [edition.language]: input.value.wording },
      source: input.value.source.trim(),
      lookedUpOn: today,
      certainty: input.value.certainty,
      check: input.method === null ? null : { on: today, by: person.id, method: input.method, type: definition.type },
      suspended: null,
    };
    const problem = checkFactValue(definition, value);
    if (problem !== null) throw new DomainError('factMalformed', { fact: input.key, problem });
    const proposal: FactProposal = {
      key: input.key,
      jurisdiction: edition.country,
      value,
      by: person.id,
      at: world.now(),
      reason: input.reason.trim(),
    };
    await store.facts.saveProposal(proposal);
    await announce(world, store, {
      kind: 'factProposed',
      by: person.id,
      edition: edition.tag,
      partner: edition.partner,
      fact: input.key,
    });
    return proposal;
  });
}

/**
 * A second person confirms exactly the value they saw (`at` names the proposal). Where the partner has nobody else, the
 * authority is the second. Throws `nothingProposed`, `secondPersonNeeded`, `staleRevision`.
 */
export async function confirmFact(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly key: string; readonly at: string; readonly accept: boolean },
): Promise<void> {
  const { country, by } = await world.store.transaction(async (store) => {
    const { edition: current, proposal } = await loadProposal(store, input.edition, input.key);
    const person = authorize(actor, 'facts:confirm', { partner: current.partner });
    if (proposal.at !== input.at) throw new DomainError('staleRevision', {});
    if (input.accept && proposal.by === person.id) throw new DomainError('secondPersonNeeded');
    if (input.accept) await store.facts.save(proposal.value);
    await store.facts.dropProposal(current.country, input.key);
    return { country: current.country, by: person.id };
  });
  if (input.accept) await publishFacts(world, country, by);
}

async function loadProposal(
  store: Store,
  tag: string,
  key: string,
): Promise<{ readonly edition: Edition; readonly proposal: FactProposal }> {
  const edition = await loadEdition(store, tag);
  const proposal = await store.facts.proposal(edition.country, key);
  if (proposal === null) throw new DomainError('nothingProposed', { fact: key });
  return { edition, proposal };
}

/**
 * Takes a fact out at once, by one person: the emergency number and a notice stand in until two people have put a value
 * back. Every edition of the country follows within seconds. Throws `factUnknown`, `reasonNeeded`.
 */
export async function suspendFact(
  world: World,
  actor: Actor,
  input: { readonly edition: string; readonly key: string; readonly reason: string },
): Promise<void> {
  const { country, by } = await world.store.transaction(async (store) => {
    const edition = await loadEdition(store, input.edition);
    const person = authorize(actor, 'facts:suspend', { partner: edition.partner });
    if (input.reason.trim() === '') throw new DomainError('reasonNeeded');
    const value = await store.facts.byKey(edition.country, input.key);
    if (value === null) throw new DomainError('factUnknown', { fact: input.key });
    const suspended = { on: dayOf(world.now()), by: person.id, reason: input.reason.trim() };
    await store.facts.save({ ...value, suspended });
    await announce(world, store, {
      kind: 'factSuspended',
      by: person.id,
      edition: edition.tag,
      partner: edition.partner,
      fact: input.key,
    });
    return { country: edition.country, by: person.id };
  });
  await publishFacts(world, country, by);
}
