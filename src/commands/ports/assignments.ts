import type { Assignment } from '../../domain/edition/assignment.ts';
import type { EditionTag } from '../../domain/edition/edition.ts';

/** Who has which lesson in hand. */
export interface AssignmentStore {
  /** By lesson, then by id. */
  ofEdition(tag: EditionTag): Promise<readonly Assignment[]>;
  ofPerson(person: string): Promise<readonly Assignment[]>;
  byId(id: string): Promise<Assignment | null>;
  /** Compare-and-set. */
  save(assignment: Assignment): Promise<void>;
  /** Takes it away as it was seen; throws `staleRevision` when somebody changed it meanwhile. */
  drop(assignment: Assignment): Promise<void>;
}
