import type { LooksAt, Said } from './unitFinding.ts';

/** What our Markdown has, counted in a text. */
export type Marks = {
  readonly strong: number;
  readonly emphasis: number;
  readonly links: number;
  readonly lists: number;
};

const escaped = /\\[*[\]()\\]/g;
const strong = /\*\*(?=\S)((?:(?!\*\*)[\s\S])*?\S)\*\*/g;
const emphasis = /(?<![*\p{L}\p{N}])\*(?=[^\s*])([^*]*[^\s*])\*(?![*\p{L}\p{N}])/gu;
const link = /\[[^\]]*\]\([^)\s]*\)/g;
const listLine = /^\s*(?:[-*+]|\d{1,3}[.)])\s+\S/gm;

/** The marks of a text. */
export function marksOf(text: string): Marks {
  const plain = text.replace(escaped, '');
  const withoutLists = plain.replace(/^\s*[*+-]\s+/gm, '');
  return {
    strong: withoutLists.match(strong)?.length ?? 0,
    emphasis: withoutLists.replace(strong, '$1').match(emphasis)?.length ?? 0,
    links: plain.match(link)?.length ?? 0,
    // One line that begins like a list is a sentence with a number in front.
    lists: plain.includes('\n') ? (plain.match(listLine)?.length ?? 0) : 0,
  };
}

/** Stars without a partner are printed as they stand. */
function loneStars(text: string): number {
  const withoutLists = text.replace(escaped, '').replace(/^\s*[*+-]\s+/gm, '');
  return withoutLists.replace(strong, '$1').replace(emphasis, '$1').match(/\*/g)?.length ?? 0;
}

/** Brackets of a link that does not hold together. */
const brokenLink = (text: string): boolean =>
  /\]\([^)]*$|\[[^\]]*\]\s+\(https?:|\]\(\s|\]\([^)]*\s[^)]*\)/m.test(text.replace(escaped, ''));

/**
 * Strong words, emphasis, links and lists as in the source. Scripts without slanted letters may do without emphasis; a
 * link that is lost leads nowhere, and marks that do not hold together would be printed.
 */
export const marksCheck: LooksAt = ({ source, target, policy, adapted }) => {
  const said: Said[] = [];
  if (loneStars(target) > loneStars(source)) said.push({ check: 'marksBroken', level: 'error', data: { mark: '*' } });
  if (brokenLink(target)) said.push({ check: 'marksBroken', level: 'error', data: { mark: '[ ]( )' } });
  if (policy === 'local') return said;
  const [wanted, found] = [marksOf(source), marksOf(target)];
  for (const mark of ['strong', 'emphasis', 'links', 'lists'] as const) {
    if (wanted[mark] === found[mark]) continue;
    const data = { mark, wanted: wanted[mark], found: found[mark] };
    said.push({ check: 'marksDiffer', level: mark === 'links' && !adapted ? 'error' : 'warning', data });
  }
  return said;
};
