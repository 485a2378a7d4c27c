import Handlebars from 'handlebars';
import type { Inline, Paragraph } from '../formats/page/lessonPage.ts';

const safe = Handlebars.escapeExpression;

/** A value that must never be reordered, whatever surrounds it. */
const leftToRight = (text: string): string => `<bdi dir="ltr">${safe(text)}</bdi>`;

/** Only addresses that a browser can follow without harm; anything else stays text. */
function link(url: string, inner: string): string {
  if (/^(https?|mailto|tel):/i.test(url)) return `<a href="${safe(url)}" rel="noreferrer">${inner}</a>`;
  return /^[/#][^/]/.test(url) ? `<a href="${safe(url)}">${inner}</a>` : inner;
}

export function phoneLink(dial: string, display: string): string {
  const inner = leftToRight(display);
  return dial ? `<a class="tel" href="tel:${safe(dial)}">${inner}</a>` : inner;
}

export const urlLink = (url: string, label: string): string => link(url, leftToRight(label));

const named = (name: string, value: string): string => (name ? `${safe(name)} ${value}` : value);

function inline(node: Inline): string {
  switch (node.kind) {
    case 'text':
      return safe(node.text);
    case 'wording':
      return `<bdi>${safe(node.text)}</bdi>`;
    case 'strong':
      return `<strong>${inlineHtml(node.children)}</strong>`;
    case 'emphasis':
      return `<em>${inlineHtml(node.children)}</em>`;
    case 'link':
      return link(node.url, inlineHtml(node.children));
    case 'break':
      return '<br>';
    case 'phone':
      return named(node.name, phoneLink(node.dial, node.display));
    case 'url':
      return named(node.name, urlLink(node.url, node.label));
    case 'number':
      return leftToRight(node.text);
    case 'age':
      return leftToRight(String(node.years));
    case 'missingFact':
      return `<mark>${safe(`{${node.key}}`)}</mark>`;
  }
}

/** Words as HTML: every leaf is escaped here and nowhere else. */
export function inlineHtml(paragraph: Paragraph): string {
  return paragraph.map(inline).join('');
}
