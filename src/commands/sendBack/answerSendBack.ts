import type { Actor } from '../../domain/access/access.ts';
import { answer, type SendBack } from '../../domain/sendBack/sendBack.ts';
import { announce } from '../announce.ts';
import { authorize } from '../authorize.ts';
import type { World } from '../ports.ts';
import { loadSendBack } from './offerText.ts';

/** Says why an offer is not taken; the partner is told. Throws what `loadSendBack` and `answer` throw. */
export async function answerSendBack(
  world: World,
  actor: Actor,
  input: { readonly id: string; readonly revision: number; readonly answer: string },
): Promise<SendBack> {
  return world.store.transaction(async (store) => {
    const person = authorize(actor, 'sendBack:answer');
    const answered = answer(await loadSendBack(store, input), input.answer, person.id, world.now());
    await store.sendBacks.save(answered);
    await announce(world, store, {
      kind: 'sendBackAnswered',
      by: person.id,
      edition: answered.edition,
      sendBack: answered,
    });
    return answered;
  });
}
