import { field } from '../bson/value.ts';
import type { Request } from './command.ts';

const kinds: Readonly<Record<string, 'insert' | 'query' | 'update' | 'delete' | 'getmore'>> = {
  insert: 'insert',
  find: 'query',
  update: 'update',
  delete: 'delete',
  getMore: 'getmore',
};

/** What was done since the start, counted as MongoDB's `opcounters` are: writes by document or statement. */
export class Counters {
  readonly operations = { insert: 0, query: 0, update: 0, delete: 0, getmore: 0, command: 0 };

  count(request: Request): void {
    // What the engine asks of itself has no connection.
    if (request.connection === 0) return;
    const kind = Object.hasOwn(kinds, request.name) ? kinds[request.name] : undefined;
    if (!kind) this.operations.command++;
    else this.operations[kind] += statements(request);
  }
}

function statements({ name, body, documents }: Request): number {
  if (name === 'insert') return documents?.length ?? 0;
  if (name !== 'update' && name !== 'delete') return 1;
  const list = field(body, `${name}s`);
  return Array.isArray(list) ? list.length : 0;
}
