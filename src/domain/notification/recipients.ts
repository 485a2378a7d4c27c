import type { Person, Role } from '../access/access.ts';
import { can } from '../access/can.ts';
import type { Occasion } from './occasion.ts';

/** The authority's id as a partner. */
export const authority = 'authority';

export type EditionOwner = { readonly tag: string; readonly partner: string };

/**
 * Who is told of an occasion, in the order given. Only active people, and nobody of what they have done themselves, but
 * for a release (everybody keeps its record) and a publication that failed (its maker waits for it).
 */
export function recipientsOf(
  occasion: Occasion,
  people: readonly Person[],
  editions: readonly EditionOwner[],
): readonly Person[] {
  const active = people.filter((person) => person.state === 'active');
  const others = active.filter((person) => person.id !== occasion.by);
  const has = (person: Person, ...roles: readonly Role[]) => person.roles.some((role) => roles.includes(role));
  switch (occasion.kind) {
    case 'releaseMade': {
      const partners = new Set([authority, ...occasion.editions.map((edition) => edition.partner)]);
      return active.filter((person) => partners.has(person.partner));
    }
    case 'editionPublished':
      return others.filter(
        (person) =>
          (person.partner === occasion.partner && has(person, 'coordinator', 'reviewer')) ||
          (person.partner === authority && has(person, 'pedagogue', 'chiefEditor')),
      );
    case 'publicationFailed':
      return active.filter(
        (person) => person.id === occasion.by || (person.partner === occasion.partner && has(person, 'coordinator')),
      );
    case 'filesFailed':
      return active.filter((person) => person.partner === occasion.partner && has(person, 'coordinator'));
    case 'factProposed': {
      const seconds = others.filter(
        (person) =>
          person.partner === occasion.partner &&
          can({ kind: 'person', person }, 'facts:confirm', { partner: occasion.partner }),
      );
      // Where a partner has one person, the authority is the second.
      return seconds.length > 0 ? seconds : others.filter((person) => has(person, 'chiefEditor'));
    }
    case 'factSuspended':
      return others.filter(
        (person) => (person.partner === occasion.partner && has(person, 'coordinator')) || has(person, 'chiefEditor'),
      );
    case 'helplineReported': {
      const ours = active.filter((person) => person.partner === occasion.partner);
      const coordinators = ours.filter((person) => has(person, 'coordinator'));
      // A partner without one has somebody who can look, or the authority has to.
      const partners = coordinators.length > 0 ? coordinators : ours;
      return [
        ...partners,
        ...active.filter((person) => person.partner === authority && has(person, 'pedagogue', 'chiefEditor')),
      ].filter((person, place, all) => all.indexOf(person) === place);
    }
    case 'changeSetSubmitted':
      return others.filter((person) => has(person, 'pedagogue', 'chiefEditor'));
    case 'changeSetApproved':
      return others.filter((person) => person.id === occasion.changeSet.author || has(person, 'chiefEditor'));
    case 'recallOrdered':
    case 'recallLifted': {
      const partners = new Set([authority, ...editions.map((edition) => edition.partner)]);
      return others.filter((person) => partners.has(person.partner));
    }
    case 'reviewWaits': {
      const ours = others.filter((person) => person.partner === occasion.partner);
      const reviewers = ours.filter((person) => has(person, 'reviewer'));
      return reviewers.length > 0 ? reviewers : ours.filter((person) => has(person, 'coordinator'));
    }
    case 'sendBackMade':
      return others.filter((person) => person.partner === authority && has(person, 'pedagogue', 'chiefEditor'));
    case 'sendBackAnswered':
    case 'sendBackReleased': {
      const partner = editions.find((edition) => edition.tag === occasion.edition)?.partner;
      const ours = others.filter((person) => person.partner === partner);
      return ours.filter((person) => person.id === occasion.sendBack.by || has(person, 'coordinator'));
    }
    case 'commentWritten': {
      const untold = (person: Person) => !occasion.told.includes(person.id);
      const concerned = (person: Person) => occasion.involved.includes(person.id);
      const ours = others.filter((person) => person.partner === occasion.partner && concerned(person));
      if (occasion.to === 'colleagues') return ours.filter(untold);
      const authors = others.filter((person) => person.partner === authority && has(person, 'pedagogue'));
      const editors = others.filter((person) => person.partner === authority && has(person, 'chiefEditor'));
      return [...ours, ...(authors.length > 0 ? authors : editors)].filter(untold);
    }
    case 'lessonAssigned':
    case 'assignmentDropped':
    case 'textSentBack':
      return others.filter((person) => person.id === occasion.person);
  }
}
