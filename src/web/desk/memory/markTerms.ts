import type { TermPlace } from '../../../domain/memory/terms.ts';
import type { Piece, TextRun } from '../workbench/textRuns.ts';

/** A piece of a source text; `term` is the id of the agreed word that it belongs to. */
export type MarkedPiece = Piece & { readonly term?: string };

type Place = Pick<TermPlace, 'start' | 'end'> & { readonly id: string };

/**
 * The runs of a source with its terms marked. Runs that were taken out of the source are passed over: the places are those
 * of the text as it stands.
 */
export function markTerms(runs: readonly TextRun[], places: readonly TermPlace[]): readonly TextRun[] {
  const wanted = places.map(({ term, start, end }): Place => ({ id: term.id, start, end }));
  let offset = 0;
  const cut = (piece: Piece): readonly MarkedPiece[] => {
    const start = offset;
    offset += piece.text.length;
    return cutPiece(piece, start, wanted);
  };
  return runs.map((run): TextRun => {
    if (run.kind === 'removed') return run;
    const head = run.head === null ? [] : cut(run.head);
    const pieces = run.pieces.flatMap(cut);
    // A mark begins with one piece, which stays with its sign.
    return { ...run, head: head[0] ?? null, pieces: [...head.slice(1), ...pieces] };
  });
}

function cutPiece(piece: Piece, start: number, places: readonly Place[]): readonly MarkedPiece[] {
  const end = start + piece.text.length;
  const inside = places.filter((place) => place.start < end && place.end > start);
  if (inside.length === 0 || piece.fact) return [piece];
  const pieces: MarkedPiece[] = [];
  let at = start;
  const push = (to: number, term?: string): void => {
    if (to <= at) return;
    const text = piece.text.slice(at - start, to - start);
    pieces.push(term === undefined ? { ...piece, text } : { ...piece, text, term });
    at = to;
  };
  for (const place of inside) {
    push(Math.max(place.start, start));
    push(Math.min(place.end, end), place.id);
  }
  push(end);
  return pieces;
}
