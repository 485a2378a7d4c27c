import { mongoose } from './mongoose.ts';

const { Mixed } = mongoose.Schema.Types;

/** The kinds of fields that rows are made of. An absent optional field stays absent. */
export const text = { type: String, required: true };
export const maybeText = { type: String };
export const number = { type: Number, required: true };
export const maybeNumber = { type: Number };
export const flag = { type: Boolean, required: true };
export const maybeFlag = { type: Boolean };
export const texts = { type: [String], required: true };
/** A value that is never looked into by a query: kept as it is. */
export const value = { type: Mixed };
export const values = { type: [Mixed], required: true };
export const bytes = { type: Buffer, required: true };

/** One entry of a map whose keys may hold dots. */
export type Entry<T> = { readonly key: string; readonly value: T };

/** Maps are stored as lists, because their keys (segment ids, say) hold dots. */
export function toEntries<T>(map: Readonly<Record<string, T>>): readonly Entry<T>[] {
  return Object.entries(map)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => ({ key, value: entry }));
}

export function fromEntries<T>(entries: readonly Entry<T>[]): Readonly<Record<string, T>> {
  return Object.fromEntries(entries.map((entry) => [entry.key, entry.value]));
}
