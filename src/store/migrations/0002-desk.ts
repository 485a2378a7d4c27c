import type { Connection } from 'mongoose';
import { makeCollections } from './makeCollections.ts';
import type { Migration } from './migrate.ts';

/** What the translators' desk keeps beside the units, with the indexes that its questions need. */
const collections = {
  glossary: [[{ language: 1, _id: 1 }]],
  waivers: [[{ edition: 1, segment: 1 }]],
  unitDrafts: [[{ edition: 1, person: 1 }]],
  presence: [[{ edition: 1, at: 1 }], [{ at: 1 }]],
  comments: [[{ edition: 1, segment: 1 }], [{ to: 1, resolvedAt: 1 }], [{ answers: 1 }]],
  assignments: [[{ edition: 1, lesson: 1 }], [{ person: 1 }]],
  sendBacks: [[{ edition: 1, segment: 1 }], [{ segment: 1 }], [{ state: 1 }]],
  localSegments: [[{ edition: 1, lesson: 1 }]],
  localLessons: [[{ edition: 1 }]],
  pictures: [[{ edition: 1 }]],
} as const;

const up = (connection: Connection): Promise<void> => makeCollections(connection, collections);

export const desk2: Migration = { number: 2, up };
