import { legal, value, words } from '../exchange/xmlWords.ts';
import { urlLabel } from '../page/factInlines.ts';
import type { Line, Setting, SheetLabels } from '../typst/sheetLabels.ts';

/** Words between tags, without what XML cannot write. */
export const text = (plain: string): string => words(legal(plain));
/** `name="value"`, with a blank before it. */
export const attribute = (name: string, plain: string): string => ` ${name}="${value(plain)}"`;

/** A value that must never be reordered, whatever surrounds it. */
const typed = (plain: string): string => `<bdi dir="ltr">${text(plain)}</bdi>`;

/** Only addresses that a reader can follow without harm; anything else stays words. */
export function link(url: string, inner: string): string {
  return /^(https?|tel):/i.test(url) ? `<a${attribute('href', url)}>${inner}</a>` : inner;
}

const named = (name: string, inner: string): string => (name === '' ? inner : `${text(name)} ${inner}`);

function setting(node: Setting, labels: SheetLabels): string {
  switch (node.kind) {
    case 'text':
      return text(node.text);
    case 'wording':
      return `<bdi>${text(node.text)}</bdi>`;
    case 'strong':
      return `<strong>${lineXhtml(node.children, labels)}</strong>`;
    case 'emphasis':
      return `<em>${lineXhtml(node.children, labels)}</em>`;
    case 'break':
      return '<br/>';
    case 'phone':
      return named(node.name, link(`tel:${node.dial}`, typed(node.display)));
    case 'url':
      return named(node.name, link(node.url, typed(node.label)));
    case 'link':
      return `${link(node.url, lineXhtml(node.children, labels))} (${typed(urlLabel(node.url))})`;
    case 'number':
      return typed(node.text);
    case 'age':
      return typed(String(node.years));
    case 'missingFact':
      return `<mark>${text(labels.missingFact.replace('{{fact}}', () => node.key))}</mark>`;
    case 'page':
    case 'pages':
    case 'pageOfPages':
      // A book that flows has no pages to count.
      return '';
  }
}

/** A line of words and values as XHTML: every leaf is escaped here and nowhere else. */
export function lineXhtml(line: Line, labels: SheetLabels): string {
  return line.map((node) => setting(node, labels)).join('');
}

/** An element around a line; nothing around nothing. */
export function element(name: string, inner: string, attributes = ''): string {
  return inner === '' ? '' : `<${name}${attributes}>${inner}</${name}>\n`;
}
