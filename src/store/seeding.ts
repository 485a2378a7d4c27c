import type { Store } from '../commands/ports.ts';
import type { Scope } from './scope.ts';
import { defineTable, openTable } from './table.ts';

const definition = defineTable<{ readonly _id: string }>('seeding', {});

export function openSeeding(scope: Scope): Store['seeding'] {
  const table = openTable(scope, definition);
  return {
    async done() {
      return new Set((await table.find({})).map((row) => row._id));
    },
    markDone: (step) => table.put({ _id: step }),
  };
}
