import type { Connection } from 'mongoose';
import { makeCollections } from './makeCollections.ts';
import type { Migration } from './migrate.ts';

/** What teachers say of lessons and of helplines: counts. */
const collections = {
  feedback: [[{ edition: 1, _id: 1 }]],
  helplineReports: [[{ edition: 1, on: -1 }]],
} as const;

const up = (connection: Connection): Promise<void> => makeCollections(connection, collections);

export const feedback3: Migration = { number: 3, up };
