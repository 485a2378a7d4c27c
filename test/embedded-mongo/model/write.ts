import { idOf, type Touch } from './collection.ts';
import type { Desk } from './desk.ts';
import { Failure } from './failure.ts';
import { compareKeys, type Order, sorted, sortKey } from './keys.ts';
import { matchedPlace, matches } from './match.ts';
import { startOf } from './operators.ts';
import { checkUpdate, isReplacement, updated } from './update.ts';
import { doc, type Fields, get, type Value, without } from './value.ts';

/** What an update statement or a `findAndModify` asks for. */
export type Wanted = {
  readonly filter: Fields;
  readonly update: Fields;
  readonly multi: boolean;
  readonly upsert: boolean;
  /** The root of the array that `$` stands in, or null. */
  readonly positional: string | null;
};

export type Outcome = {
  /** Where MongoDB may choose among documents, the one that the command is narrowed to. */
  readonly only: Value | null;
  readonly touches: readonly Touch[];
  readonly failure: Failure | null;
  /** The document of an upsert, without an `_id` where the server has to make one. */
  readonly upsert: Fields | null;
};

const none: Outcome = { only: null, touches: [], failure: null, upsert: null };

function attempt<T>(work: () => T): T | Failure {
  try {
    return work();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** The first by a sort, where the sort says which it is. */
function first(found: readonly Fields[], order: Order | null): { chosen: Fields | undefined; sure: boolean } {
  const [chosen, second] = order === null ? found : sorted(found, order);
  if (chosen === undefined || second === undefined) return { chosen, sure: true };
  const sure = order !== null && compareKeys(sortKey(chosen, order), sortKey(second, order)) !== 0;
  return { chosen, sure };
}

export function removing(desk: Desk, filter: Fields, multi: boolean, order: Order | null): Outcome {
  const found = desk.documents.filter((each) => matches(filter, each));
  const touch = (before: Fields): Touch => ({ collection: desk.name, id: idOf(before), before, after: null });
  const { chosen, sure } = first(found, order);
  const failing = multi ? found.find((each) => attempt(() => desk.check(touch(each))) instanceof Failure) : undefined;
  if (multi && failing === undefined) return { ...none, touches: found.map(touch) };
  const target = failing ?? chosen;
  if (target === undefined) return none;
  const failure = attempt(() => desk.check(touch(target)));
  const only = multi || !sure ? idOf(target) : null;
  return failure instanceof Failure ? { ...none, only, failure } : { ...none, only, touches: [touch(target)] };
}

export function updating(desk: Desk, wanted: Wanted, order: Order | null): Outcome {
  const wrong = attempt(() => checkUpdate(wanted.update));
  if (wrong instanceof Failure) return { ...none, failure: wrong };
  if (wanted.multi && isReplacement(wanted.update)) return { ...none, failure: new Failure(9) };
  const found = desk.documents.filter((each) => matches(wanted.filter, each));
  if (found.length === 0) return wanted.upsert ? upserting(desk, wanted) : none;
  const change = (before: Fields): Touch | Failure =>
    attempt(() => {
      const place = wanted.positional === null ? -1 : matchedPlace(wanted.filter, before, wanted.positional);
      const after = updated(before, wanted.update, { place, inserting: false });
      return { collection: desk.name, id: idOf(before), before, after };
    });
  const tried = (before: Fields): Touch | Failure =>
    attempt(() => {
      const touch = change(before);
      if (touch instanceof Failure) throw touch;
      if (!desk.isSame(touch)) desk.check(touch);
      return touch;
    });
  const { chosen, sure } = first(found, order);
  if (!wanted.multi || chosen === undefined) {
    const touch = tried(chosen ?? doc([]));
    const only = sure || chosen === undefined ? null : idOf(chosen);
    return touch instanceof Failure ? { ...none, only, failure: touch } : { ...none, only, touches: [touch] };
  }
  // Of several documents the order is MongoDB's: where it could matter, the command is narrowed to one document.
  const all = found.map(change);
  const touches = all.flatMap((each) => (each instanceof Failure ? [] : [each]));
  const doubtful = found.findIndex(
    (each, at) => tried(each) instanceof Failure || desk.meets(all[at] ?? null, touches),
  );
  if (doubtful === -1) return { ...none, touches };
  const target = found[doubtful] ?? chosen;
  const touch = tried(target);
  const only = idOf(target);
  return touch instanceof Failure ? { ...none, only, failure: touch } : { ...none, only, touches: [touch] };
}

function upserting(desk: Desk, { filter, update }: Wanted): Outcome {
  const made = attempt(() => {
    const known = startOf(filter, isReplacement(update));
    const base = updated(doc([]), doc([['$set', doc(known)]]), { place: -1, inserting: true });
    const after = updated(base, update, { place: -1, inserting: true });
    const id = get(after, '_id');
    const whole = id === undefined ? after : doc([['_id', id], ...without(after, '_id').fields]);
    if (id === undefined) desk.checkNew(whole);
    else desk.check({ collection: desk.name, id, before: null, after: whole });
    return whole;
  });
  return made instanceof Failure ? { ...none, failure: made } : { ...none, upsert: made };
}
