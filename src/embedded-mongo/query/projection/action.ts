import type { Value } from '../../bson/value.ts';

/** What a projection does with one field. */
export type Action =
  | { readonly kind: 'keep' | 'drop' }
  | { readonly kind: 'compute'; readonly expression: Value }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly count: number }
  | { readonly kind: 'elemMatch'; readonly test: (value: Value) => boolean }
  | { readonly kind: 'positional' }
  | { readonly kind: 'inside'; readonly fields: Map<string, Action> };
export type Fields = Map<string, Action>;
