import type { Inline } from './lessonPage.ts';

/**
 * Digits that a right-to-left line would reorder: groups joined by a space, hyphen, slash or plus (`116 111`, `10-12`,
 * `1/4`), and digits with a sign of their own (`13+`, `*123#`). Plain numbers (`45`, `1.8.1`, `10:30`) stay as they are.
 * Arabic words are written on to digits (`و116 111`), so only Latin letters make a number part of a name (`B4-5`).
 */
const joiner = '[ \\u00a0\\u2009\\u202f]?[-\\u2010-\\u2013/+][ \\u00a0\\u2009\\u202f]?|[ \\u00a0\\u2009\\u202f]';
const run = new RegExp(
  `(?<![\\p{Script=Latin}\\p{N}])(?:[+*#]\\d+(?:(?:${joiner}|[.,:])\\d+)*[+*#]?|\\d+(?:[.,:]\\d+)*(?:(?:(?:${joiner})\\d+(?:[.,:]\\d+)*)+[+*#]?|[+*#]))(?![\\p{Script=Latin}\\p{N}])`,
  'gu',
);

/** A text as nodes, with the digits that must not be reordered in nodes of their own. */
export function splitNumbers(text: string): readonly Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(run)) {
    if (match.index > end) nodes.push({ kind: 'text', text: text.slice(end, match.index) });
    nodes.push({ kind: 'number', text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push({ kind: 'text', text: text.slice(end) });
  return nodes;
}
