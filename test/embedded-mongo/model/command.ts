import type { Index } from './collection.ts';
import type { Order } from './keys.ts';
import type { Stage } from './pipeline.ts';
import type { Fields, Value } from './value.ts';

type In = { readonly collection: string; readonly session: number };

/** Who runs a command: 0 is nobody's session, 1 and 2 have sessions, in a transaction where one was begun. */
export type Command =
  | (In & { readonly kind: 'insert'; readonly documents: readonly Fields[]; readonly ordered: boolean })
  | (In & {
      readonly kind: 'update';
      readonly filter: Fields;
      readonly update: Fields;
      readonly multi: boolean;
      readonly upsert: boolean;
      readonly positional: string | null;
    })
  | (In & { readonly kind: 'delete'; readonly filter: Fields; readonly multi: boolean })
  | (In & {
      readonly kind: 'findAndModify';
      readonly filter: Fields;
      readonly order: Order | null;
      /** Null removes. */
      readonly update: Fields | null;
      readonly upsert: boolean;
      readonly after: boolean;
      readonly projection: Fields | null;
    })
  | (In & {
      readonly kind: 'find';
      readonly filter: Fields;
      readonly order: Order | null;
      readonly skip: number;
      /** 0: no limit. */
      readonly limit: number;
      readonly projection: Fields | null;
    })
  | (In & { readonly kind: 'count'; readonly filter: Fields; readonly skip: number; readonly limit: number })
  | (In & { readonly kind: 'distinct'; readonly path: string; readonly filter: Fields })
  | (In & { readonly kind: 'aggregate'; readonly stages: readonly Stage[] })
  | (In & { readonly kind: 'createIndex'; readonly index: Index })
  | (In & { readonly kind: 'dropIndex'; readonly which: number })
  | (In & { readonly kind: 'drop' })
  | (In & { readonly kind: 'begin' | 'commit' | 'abort' })
  | (In & { readonly kind: 'restart' });

/** A filter that finds one document of those that a filter finds. */
export const narrowed = (filter: Fields, only: Value): Fields => ({
  kind: 'document',
  fields: [
    [
      '$and',
      {
        kind: 'array',
        items: [{ kind: 'document', fields: [['_id', { kind: 'document', fields: [['$eq', only]] }]] }, filter],
      },
    ],
  ],
});
