import type { Inline, Paragraph } from './lessonPage.ts';

/** Left-to-right isolate and its end: for values that a right-to-left line would reorder. */
const isolate = (text: string): string => `\u2066${text}\u2069`;
const asIs = (text: string): string => text;

function inlineText(node: Inline, keep: (text: string) => string): string {
  switch (node.kind) {
    case 'text':
    case 'wording':
      return node.text;
    case 'strong':
    case 'emphasis':
    case 'link':
      return node.children.map((child) => inlineText(child, keep)).join('');
    case 'break':
      return '\n';
    case 'phone':
      return [node.name, keep(node.display)].filter(Boolean).join(' ');
    case 'url':
      return [node.name, keep(node.label)].filter(Boolean).join(' ');
    case 'number':
      return keep(node.text);
    case 'age':
      return String(node.years);
    case 'missingFact':
      return `{${node.key}}`;
  }
}

/**
 * Words without marks, paragraphs parted by a line break: for titles, search and spoken text. Say `isolated` for text
 * that is shown where direction matters (mails, attributes of right-to-left pages).
 */
export function plainText(paragraphs: readonly Paragraph[], direction: 'plain' | 'isolated' = 'plain'): string {
  const keep = direction === 'isolated' ? isolate : asIs;
  return paragraphs.map((paragraph) => paragraph.map((node) => inlineText(node, keep)).join('')).join('\n');
}
