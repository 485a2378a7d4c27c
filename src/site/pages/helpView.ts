import { addresses } from '../addresses.ts';
import { editionFrame } from '../frame.ts';
import type { EditionFacts } from '../pointer.ts';

/** Every helpline of the edition. A wrong one is reported by the form of a lesson, which names them all. */
export function helpView(facts: EditionFacts) {
  const [first] = facts.rows;
  const there = first !== undefined && facts.help.lines.length > 0;
  const data = { wrongHref: there ? `${addresses.feedback(facts.tag, first.lesson)}#helpline` : null };
  return { frame: editionFrame(facts, facts.help, 'help'), data };
}
