import type { Site } from '../../src/commands/ports.ts';

/** A public site that writes nothing and has nothing to say. */
export const idleSite: Site = {
  prepare: async () => {},
  project: async () => false,
  projectAll: async () => 0,
  files: () => null,
  retryFiles: () => 0,
  reach: async () => ({ recalls: new Map(), late: [] }),
};
