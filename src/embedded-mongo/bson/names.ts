/**
 * JavaScript puts properties that are whole numbers before all others. BSON keeps the order of writing, and so do documents here:
 * one with such a name carries the order of all its names beside it. Without such a name nothing is carried and nothing lost.
 */
const order = Symbol('order of the names');

interface Order {
  /** The object that it was made for: one that was spread from it gets an order of its own with its first change. */
  readonly owner: object;
  readonly names: Set<string>;
}
type Ordered = { [order]?: Order };

function isWhole(name: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(name);
}

/** The names of a document's fields in BSON's order: what `Object.keys` is for other objects. */
export function namesOf(document: object): string[] {
  const own = Object.keys(document);
  const known = (document as Ordered)[order];
  if (known === undefined) return own;
  const names: string[] = [];
  for (const name of known.names) if (Object.hasOwn(document, name)) names.push(name);
  // A field that was set without `setField` comes last.
  if (names.length < own.length) for (const name of own) if (!known.names.has(name)) names.push(name);
  return names;
}

/** To be called before a field is set that may be new. */
export function noteName(document: object, name: string): void {
  const first = name.charCodeAt(0);
  const digit = first >= 48 && first <= 57;
  if (!digit && !(order in document)) return;
  let known = (document as Ordered)[order];
  if (known === undefined && !isWhole(name)) return;
  if (Object.hasOwn(document, name)) return;
  if (known === undefined || known.owner !== document) {
    known = { owner: document, names: new Set(namesOf(document)) };
    (document as Ordered)[order] = known;
  }
  // A name that was taken away and comes back goes to the end.
  known.names.delete(name);
  known.names.add(name);
}
