import { DomainError } from '../errors.ts';
import { type ChangeSet, severities } from '../release/release.ts';
import type { Edition, Raised } from './edition.ts';

const rank = (severity: Raised['severity']): number => severities.indexOf(severity);

/**
 * The edition with a severity of its own for a change set. Only upwards: from what the authority said, and from what the
 * partner said before; a date may be brought forward. Throws `severityNotRaised`, `dueNeeded`, `reasonNeeded`.
 */
export function raiseFor(edition: Edition, set: Pick<ChangeSet, 'id' | 'severity'>, raised: Raised): Edition {
  const standing = edition.raised?.[set.id];
  const before = Math.max(rank(set.severity), standing === undefined ? -1 : rank(standing.severity));
  const earlier =
    standing?.due !== undefined && standing.due !== null && raised.due !== null && raised.due < standing.due;
  const up = rank(raised.severity) > before || (rank(raised.severity) === before && earlier);
  if (!up) throw new DomainError('severityNotRaised', { changeSet: set.id });
  if (raised.severity === 'safety' && raised.due === null) throw new DomainError('dueNeeded', { changeSet: set.id });
  const reason = raised.reason.trim();
  if (reason === '') throw new DomainError('reasonNeeded');
  const due = raised.severity === 'safety' ? raised.due : null;
  return {
    ...edition,
    raised: { ...edition.raised, [set.id]: { ...raised, reason, due } },
    revision: edition.revision + 1,
  };
}
