import { diffWords, type WordRun } from '../../../domain/diff/diffWords.ts';
import { splitPlaceholders } from '../../../domain/package/placeholders.ts';

/** Words, a fact in braces that is shown as one chip, or the two stars around what is printed bold. */
export type Piece = {
  readonly text: string;
  readonly fact: boolean;
  readonly strong: boolean;
  readonly stars: boolean;
};
/** `head`: of a mark, its first word, which stays with the sign at a line's end. */
export type TextRun = {
  readonly kind: WordRun['kind'];
  readonly head: Piece | null;
  readonly pieces: readonly Piece[];
};

/** A run that was cut into its pieces. */
export type CutText = { readonly pieces: readonly Piece[] };

const plain = { fact: false, strong: false, stars: false };

/** Cuts texts that follow one another; bold goes on from one to the next. */
class Cutter {
  #strong = false;

  pieces(text: string): readonly Piece[] {
    return splitPlaceholders(text).flatMap((part) => {
      if (part.kind === 'fact') return [{ ...plain, text: part.text, fact: true, strong: this.#strong }];
      return part.text.split(/(\*\*)/).flatMap((words) => this.#words(words));
    });
  }

  #words(text: string): readonly Piece[] {
    if (text === '') return [];
    if (text !== '**') return [{ ...plain, text, strong: this.#strong }];
    this.#strong = !this.#strong;
    return [{ ...plain, text, stars: true }];
  }
}

/** Scripts without spaces would make one unbreakable line. */
const longestHead = 24;

function markOf(kind: 'added' | 'removed', pieces: readonly Piece[]): TextRun {
  const [first = { ...plain, text: '' }, ...rest] = pieces;
  if (first.fact || first.stars) return { kind, head: first, pieces: rest };
  const end = Math.min(/\s/.exec(first.text)?.index ?? first.text.length, longestHead);
  const left = { ...first, text: first.text.slice(end) };
  return {
    kind,
    head: { ...first, text: first.text.slice(0, end) },
    pieces: left.text === '' ? rest : [left, ...rest],
  };
}

/** A text without marks. */
export function plainRuns(text: string): readonly TextRun[] {
  return text === '' ? [] : [{ kind: 'same', head: null, pieces: new Cutter().pieces(text) }];
}

/**
 * What changed from one text to the other, by words. A mark begins with its first word: the space before it stays
 * outside.
 */
export function markedRuns(before: string, after: string, language: string): readonly TextRun[] {
  const [old, now] = [new Cutter(), new Cutter()];
  return diffWords(before, after, language).flatMap(({ kind, text }): readonly TextRun[] => {
    if (kind === 'same') {
      old.pieces(text);
      return [{ kind, head: null, pieces: now.pieces(text) }];
    }
    const space = /^\s+/.exec(text)?.[0] ?? '';
    const pieces = (kind === 'removed' ? old : now).pieces(text.slice(space.length));
    const lead: TextRun = { kind: 'same', head: null, pieces: [{ ...plain, text: space }] };
    return [...(space === '' ? [] : [lead]), ...(pieces.length === 0 ? [] : [markOf(kind, pieces)])];
  });
}

/** The texts of runs that follow one another, each cut; `text` says what counts of a run. */
export function cutRuns<Run>(runs: readonly Run[], text: (run: Run) => string): readonly (Run & CutText)[] {
  const cutter = new Cutter();
  return runs.map((run) => ({ ...run, pieces: cutter.pieces(text(run)) }));
}

/** A whole text that is new. */
export function addedRuns(text: string): readonly TextRun[] {
  return text === '' ? [] : [markOf('added', new Cutter().pieces(text))];
}

/** A text on one line, without the stars around what is printed bold. */
export const withoutStars = (text: string): string => text.replaceAll('**', '');

const snippetLength = 160;

/** The first words of a text, for a line: facts are only hinted at, and what goes on ends in an ellipsis. */
export function snippetOf(text: string): string {
  const words = splitPlaceholders(text).map((part) => (part.kind === 'fact' ? '{…}' : withoutStars(part.text)));
  const letters = [...words.join('').replace(/\s+/g, ' ')];
  if (letters.length <= snippetLength) return letters.join('');
  const cut = letters.slice(0, snippetLength).join('');
  return `${cut.replace(/\s+\S*$/, '')}…`;
}
