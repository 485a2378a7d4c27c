import { checkUnit } from './checkUnit.ts';
import type { CheckedText, UnitFinding } from './unitFinding.ts';

/**
 * `checkUnit`, remembering what it found about the texts it saw last: a desk page looks at every text of an edition, and
 * nearly none has changed since the page before. `stamp` names the rules and terms it was looked at with.
 */
export function createRemembering(most: number): (text: CheckedText, stamp: string) => readonly UnitFinding[] {
  const seen = new Map<string, readonly UnitFinding[]>();
  return (text, stamp) => {
    const { segment, kind, policy, adapted, room, source, target } = text;
    const key = [stamp, segment, kind, policy, adapted, room, source, target].join('\u0000');
    const known = seen.get(key);
    if (known !== undefined) return known;
    const found = checkUnit(text);
    // The oldest goes first; a text that is still asked for comes back at once.
    if (seen.size >= most) for (const oldest of [...seen.keys()].slice(0, most / 4)) seen.delete(oldest);
    seen.set(key, found);
    return found;
  };
}
