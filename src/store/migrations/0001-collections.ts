import type { Connection } from 'mongoose';
import { type Collections, makeCollections } from './makeCollections.ts';
import type { Migration } from './migrate.ts';

/** Every collection of the first schema, with the indexes that its questions need. */
const collections: Collections = {
  partners: [],
  people: [[{ emailKey: 1 }, { unique: true }], [{ partner: 1 }]],
  passwords: [],
  links: [[{ person: 1 }]],
  releases: [[{ order: 1 }, { unique: true }]],
  packageObjects: [],
  segmentRevisions: [[{ segment: 1, _id: 1 }]],
  changeSets: [[{ state: 1 }]],
  editions: [[{ partner: 1 }]],
  editionCounts: [],
  units: [[{ edition: 1, _id: 1 }], [{ segment: 1, edition: 1 }]],
  unitHistory: [[{ unit: 1, place: -1 }, { unique: true }]],
  ledger: [[{ edition: 1, _id: 1 }], [{ segment: 1, edition: 1 }]],
  facts: [[{ jurisdiction: 1 }]],
  factProposals: [[{ jurisdiction: 1 }]],
  updates: [[{ edition: 1, state: 1 }], [{ draftOf: 1 }, { unique: true, sparse: true }]],
  publications: [[{ edition: 1, number: -1 }, { unique: true }], [{ 'lessons.code': 1 }]],
  publishedLessons: [],
  recalls: [[{ liftedAt: 1, inForceSince: 1 }]],
  events: [[{ subject: 1, at: -1 }], [{ at: -1 }]],
  notices: [[{ person: 1, at: -1 }], [{ person: 1, readAt: 1 }]],
  outbox: [[{ sentAt: 1, notBefore: 1 }]],
  seeding: [],
  'archive.files': [[{ filename: 1 }, { unique: true }], [{ filename: 1, uploadDate: 1 }]],
  'archive.chunks': [[{ files_id: 1, n: 1 }, { unique: true }]],
};

const up = (connection: Connection): Promise<void> => makeCollections(connection, collections);

export const collections1: Migration = { number: 1, up };
