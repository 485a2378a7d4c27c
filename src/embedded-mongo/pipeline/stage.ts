import type { Document } from '../bson/value.ts';
import type { ExpressionOptions, Variables } from '../expression/evaluate.ts';
import { type Pause, pause, type Work } from '../query/work.ts';
import type { Place } from './catalog.ts';

/** Documents, and pauses in which others have their turn: a stage passes those on. */
export type Documents = Iterable<Document | Pause>;
export type Stage = (input: Documents) => Documents;

/** What stages may ask for: the documents of other collections of the same database, variables and the collation. */
export interface PipelineContext extends ExpressionOptions {
  readonly find: (collection: string, filter: Document, variables: Variables | undefined) => Documents;
  /** Where the pipeline stands; the command's own where it is not said. */
  readonly place?: Place;
  readonly work?: Work | undefined;
}

/** Does something to each document, and lets pauses through; to be used with `yield*`. */
export function* each(input: Documents, act: (document: Document) => void): Generator<Pause, void> {
  for (const document of input) {
    if (document === pause) yield pause;
    else act(document);
  }
}

/** Documents that are there already, with pauses: what is done with them may take long. */
export function* withPauses(documents: readonly Document[], work: Work | undefined): Generator<Document | Pause> {
  for (const [i, document] of documents.entries()) {
    yield document;
    if (i % 16 === 15 && work?.isDue()) yield pause;
  }
}
