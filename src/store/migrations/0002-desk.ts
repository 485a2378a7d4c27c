import type { Connection } from 'mongoose';
import { makeCollections } from './makeCollections.ts';
import type { Migration } from './migrate.ts';

/** What the translators' desk keeps beside the units, with the indexes that its questions need. */
const collections = {
  units: [[{ edition: 1, at: 1 }]],
  unitHistory: [[{ edition: 1 }]],
  glossary: [[{ language: 1, _id: 1 }]],
  waivers: [[{ edition: 1, segment: 1 }]],
  replacements: [[{ edition: 1, at: -1 }]],
  unitDrafts: [[{ edition: 1, person: 1 }]],
  presence: [[{ edition: 1, at: 1 }], [{ at: 1 }]],
  comments: [[{ edition: 1, segment: 1 }], [{ to: 1, resolvedAt: 1 }], [{ answers: 1 }]],
  assignments: [[{ edition: 1, lesson: 1 }], [{ person: 1 }]],
  sendBacks: [[{ edition: 1, segment: 1 }], [{ state: 1 }], [{ changeSet: 1 }]],
  overrides: [[{ edition: 1, _id: 1 }]],
  localSegments: [[{ edition: 1, lesson: 1 }]],
  localLessons: [[{ edition: 1 }]],
  pictures: [[{ edition: 1 }]],
  imports: [[{ edition: 1, at: -1 }]],
} as const;

async function up(connection: Connection): Promise<void> {
  await makeCollections(connection, collections);
  // Entries of the ledger had no revision in the first schema.
  await connection.collection('ledger').updateMany({ revision: { $exists: false } }, { $set: { revision: 1 } });
}

export const desk2: Migration = { number: 2, up };
