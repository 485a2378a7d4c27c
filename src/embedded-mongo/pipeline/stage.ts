import type { Document } from '../bson/value.ts';
import type { ExpressionOptions, Variables } from '../expression/evaluate.ts';
import type { Place } from './catalog.ts';

export type Documents = Iterable<Document>;
export type Stage = (input: Documents) => Documents;

/** What stages may ask for: the documents of other collections of the same database, variables and the collation. */
export interface PipelineContext extends ExpressionOptions {
  readonly find: (collection: string, filter: Document, variables: Variables | undefined) => Documents;
  /** Where the pipeline stands; the command's own where it is not said. */
  readonly place?: Place;
}

/** A stage that needs all documents: it asks for them only when its first result is wanted. */
export function lazily(run: Stage): Stage {
  return function* (input) {
    yield* run(input);
  };
}
