import { Mongoose } from 'mongoose';

/**
 * The store's own Mongoose. Filters that carry operators are refused unless they are marked as ours (`trusted`), fields
 * that no schema names are refused aloud, in filters and in values, and nothing is built behind our back.
 */
export const mongoose = new Mongoose({
  sanitizeFilter: true,
  strict: 'throw',
  strictQuery: 'throw',
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  runValidators: true,
});

// A required text may be empty: a target that nobody has written yet is not a missing one.
mongoose.Schema.Types.String.checkRequired((value: unknown) => typeof value === 'string');
