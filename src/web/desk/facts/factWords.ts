import type { ResolvedFact } from '../../../domain/facts/fact.ts';
import { factInlines } from '../../../formats/page/factInlines.ts';
import type { Inline } from '../../../formats/page/lessonPage.ts';

/** A piece of a value: numbers and addresses run left to right whatever stands around them. */
export type ValuePiece = { readonly text: string; readonly ltr: boolean };

/** A fact's value as it is printed in a text; empty where there is nothing to print. */
export function factWords(
  fact: ResolvedFact | undefined,
  form: string | undefined,
  language: string,
): readonly ValuePiece[] {
  return fact === undefined ? [] : factInlines(fact, form, language).flatMap(piecesOf);
}

function piecesOf(node: Inline): readonly ValuePiece[] {
  switch (node.kind) {
    case 'phone':
      return named(node.name, node.display);
    case 'url':
      return named(node.name, node.label);
    case 'number':
      return [{ text: node.text, ltr: true }];
    case 'age':
      return [{ text: String(node.years), ltr: true }];
    case 'text':
    case 'wording':
      return [{ text: node.text, ltr: false }];
    default:
      return [];
  }
}

const named = (name: string, value: string): readonly ValuePiece[] => [
  ...(name === '' ? [] : [{ text: `${name} `, ltr: false }]),
  { text: value, ltr: true },
];
