import type { Recall } from '../../src/domain/recall/recall.ts';

/** A recall in force. */
export const recallOf = (target: Recall['target']): Recall => ({
  id: '2026-1',
  target,
  reason: 'A sentence put blame on the child.',
  instead: 'Say: it is not your fault.',
  orderedBy: 'a',
  orderedAt: '2026-03-04T00:00:00.000Z',
  secondedBy: 'b',
  inForceSince: '2026-03-04T00:00:00.000Z',
  liftedBy: null,
  liftedAt: null,
  revision: 2,
});
