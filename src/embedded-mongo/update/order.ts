import { compareBytes } from '../bson/compare.ts';
import { CommandError } from '../errors.ts';
import { isIndex } from '../query/path.ts';
import { placeholder } from './concrete.ts';

/** The order in which changes are made and new fields appear: by name, whole numbers by their value and first. */
export function comparePaths(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = compareParts(a[i] as string, b[i] as string);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareParts(a: string, b: string): number {
  const [aIsIndex, bIsIndex] = [isIndex(a), isIndex(b)];
  if (aIsIndex !== bIsIndex) return aIsIndex ? -1 : 1;
  return aIsIndex ? Number(a) - Number(b) : compareBytes(a, b);
}

interface Branch {
  readonly children: Map<string, Branch>;
  ends: boolean;
}

/** Refuses two changes of the same place, or of a place and of something inside it. */
export function refuseConflicts(paths: Iterable<readonly string[]>): void {
  const root: Branch = { children: new Map(), ends: false };
  for (const path of paths) {
    let branch = root;
    for (const [i, part] of path.entries()) {
      let next = branch.children.get(part);
      const last = i === path.length - 1;
      if (next && (next.ends || last)) throw conflict(path, path.slice(0, i + 1));
      if (!next) {
        const [sibling] = branch.children.keys();
        // An array is changed either through placeholders or through its indexes.
        if (sibling !== undefined && (placeholder(sibling) === undefined) !== (placeholder(part) === undefined))
          throw conflict(path, path.slice(0, i));
        next = { children: new Map(), ends: last };
        branch.children.set(part, next);
      }
      branch = next;
    }
  }
}

function conflict(path: readonly string[], at: readonly string[]): CommandError {
  return new CommandError(40, `Updating the path '${path.join('.')}' would create a conflict at '${at.join('.')}'`);
}
