import type { World } from '../../commands/ports.ts';
import type { DomainEvent } from '../../domain/notification/notification.ts';
import type { Context, Route } from '../route.ts';

/** Parameters that open something to whoever holds them. */
const secrets: ReadonlySet<string> = new Set(['token']);

/** `/desk/editions/:edition/units/:segment` becomes `edition/tr-TR/units/CPS-03`. */
export function subjectOf(pattern: string, params: Context['params']): string {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== 'desk');
  const filled = parts.map((part) => {
    const name = part.startsWith(':') ? part.slice(1) : null;
    if (name === null) return part;
    return secrets.has(name) ? name : (params[name] ?? name);
  });
  if (filled[0] === 'editions') filled[0] = 'edition';
  return filled.join('/') || 'desk';
}

/** Records that a person changed something through this route. */
export async function recordAudit(world: World, route: Route, context: Context): Promise<void> {
  const event: DomainEvent = {
    id: world.newId(),
    kind: 'audit',
    at: context.now,
    by: context.actor.kind === 'person' ? context.actor.person.id : null,
    subject: subjectOf(route.path, context.params),
    action: route.audit,
    data: {},
  };
  await world.store.events.add(event);
}
