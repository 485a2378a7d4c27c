import { eventOf } from '../domain/notification/aboutOccasion.ts';
import type { Occasion } from '../domain/notification/occasion.ts';
import { planNotifications } from '../domain/notification/planNotifications.ts';
import type { Store, World } from './ports.ts';

/** Writes what happened with everybody's notices and mails; called inside the transaction that makes it happen. */
export async function announce(world: World, store: Store, occasion: Occasion): Promise<void> {
  const at = world.now();
  const event = eventOf(occasion, world.newId(), at);
  const [people, editions] = await Promise.all([store.people.all(), store.editions.all()]);
  const { notices, mails } = planNotifications(occasion, { event: event.id, at, people, editions });
  await store.events.add(event, notices, mails);
}
