import type { Actor } from '../../domain/access/access.ts';
import { DomainError } from '../../domain/errors.ts';
import type { ForbiddenWord, Term, TermWords } from '../../domain/memory/term.ts';
import { termId, tidyTerm } from '../../domain/memory/tidyTerm.ts';
import { authorize } from '../authorize.ts';
import { loadEdition } from '../edition/loadWorking.ts';
import type { World } from '../ports.ts';

export type SaveTerm = {
  /** The term belongs to the language of this edition; its partner decides. */
  readonly edition: string;
  /** Null for a new one. */
  readonly id: string | null;
  readonly source: TermWords;
  readonly targets: readonly TermWords[];
  readonly forbidden: readonly ForbiddenWord[];
  readonly definition: string;
  readonly note: string;
  /** The revision that the person started from; 0 for a new one. */
  readonly revision: number;
};

/**
 * Adds or changes an agreed word. Throws `termIncomplete`, `termDouble` when another term has one of its source words,
 * `termUnknown`, and `staleRevision` when somebody changed it meanwhile.
 */
export async function saveTerm(world: World, actor: Actor, input: SaveTerm): Promise<Term> {
  return world.store.transaction(async (store) => {
    const { language, partner } = await loadEdition(store, input.edition);
    const person = authorize(actor, 'glossary:write', { partner });
    const terms = await store.glossary.ofLanguage(language);
    const before = input.id === null ? null : terms.find((term) => term.id === input.id);
    if (before === undefined) throw new DomainError('termUnknown', { term: input.id ?? '' });
    if ((before?.revision ?? 0) !== input.revision) {
      throw new DomainError('staleRevision', { theirs: before?.targets[0]?.text ?? '' });
    }
    const words = tidyTerm(input);
    if (words.source.text === '' || words.targets.length === 0) throw new DomainError('termIncomplete');
    const others = terms.filter((term) => term.id !== before?.id);
    const claimed = new Set(others.flatMap(({ source }) => [source.text, ...source.forms]).map(lower));
    const double = [words.source.text, ...words.source.forms].find((word) => claimed.has(lower(word)));
    if (double !== undefined) throw new DomainError('termDouble', { source: double });
    const taken = new Set(terms.map((term) => term.id));
    const id = before?.id ?? termId(words.source.text, taken);
    const term: Term = { id, language, ...words, revision: input.revision + 1, by: person.id, at: world.now() };
    await store.glossary.save(term);
    return term;
  });
}

const lower = (word: string): string => word.toLowerCase();

export type DropTerm = { readonly edition: string; readonly id: string; readonly revision: number };

/** Takes a term out. Throws `termUnknown`, `staleRevision`. */
export async function dropTerm(world: World, actor: Actor, input: DropTerm): Promise<void> {
  await world.store.transaction(async (store) => {
    const { language, partner } = await loadEdition(store, input.edition);
    authorize(actor, 'glossary:write', { partner });
    const term = await store.glossary.byId(language, input.id);
    if (term === null) throw new DomainError('termUnknown', { term: input.id });
    if (term.revision !== input.revision) throw new DomainError('staleRevision', {});
    await store.glossary.drop(term);
  });
}
