import { diffWords, type WordRun } from '../../../domain/diff/diffWords.ts';
import { splitPlaceholders } from '../../../domain/package/placeholders.ts';

/** Words, or a fact in braces that is shown as one chip. */
export type Piece = { readonly text: string; readonly fact: boolean };
export type TextRun = { readonly kind: WordRun['kind']; readonly pieces: readonly Piece[] };

const pieces = (text: string): readonly Piece[] =>
  splitPlaceholders(text).map((part) => ({ text: part.text, fact: part.kind === 'fact' }));

/** A text without marks. */
export function plainRuns(text: string): readonly TextRun[] {
  return text === '' ? [] : [{ kind: 'same', pieces: pieces(text) }];
}

/** What changed from one text to the other, by words. A mark begins with its first word: the space before it stays outside. */
export function markedRuns(before: string, after: string, language: string): readonly TextRun[] {
  return diffWords(before, after, language).flatMap((run): readonly TextRun[] => {
    const space = run.kind === 'same' ? '' : (/^\s+/.exec(run.text)?.[0] ?? '');
    const marked = { kind: run.kind, pieces: pieces(run.text.slice(space.length)) };
    if (space === '') return [marked];
    const lead: TextRun = { kind: 'same', pieces: [{ text: space, fact: false }] };
    return marked.pieces.length === 0 ? [lead] : [lead, marked];
  });
}

/** A whole text that is new. */
export function addedRuns(text: string): readonly TextRun[] {
  return [{ kind: 'added', pieces: pieces(text) }];
}

const snippetLength = 70;

/** The first words of a text, for a line that is cut where it ends: facts are only hinted at. */
export function snippetOf(text: string): string {
  const words = splitPlaceholders(text).map((part) => (part.kind === 'fact' ? '{…}' : part.text));
  return [...words.join('').replace(/\s+/g, ' ')].slice(0, snippetLength).join('');
}
