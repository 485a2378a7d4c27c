import { paths } from '../../paths.ts';
import type { Route } from '../../route.ts';
import { answerOffer, showOffers, takeOffers } from './baselineOffers.ts';
import { offer, showEditionOffers, withdraw } from './editionOffers.ts';

const ours = { method: 'post', allow: 'sendBack:write', about: 'edition' } as const;
const theirs = { method: 'post', allow: 'sendBack:answer', about: 'person' } as const;

/** Texts that partners offer to the baseline: made beside a unit, answered or taken by the authority. */
export const sendBackRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.sendBacks.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => showEditionOffers(context),
  },
  { ...ours, path: paths.unitSendBack.pattern, audit: 'sendBack/offer', handle: offer },
  { ...ours, path: paths.sendBackWithdrawal.pattern, audit: 'sendBack/withdraw', handle: withdraw },
  {
    method: 'get',
    path: paths.offers.pattern,
    allow: 'sendBack:answer',
    audit: 'nothing',
    about: 'person',
    handle: (context) => showOffers(context),
  },
  { ...theirs, path: paths.offersTaken.pattern, audit: 'sendBack/take', handle: takeOffers },
  { ...theirs, path: paths.offerAnswer.pattern, audit: 'sendBack/answer', handle: answerOffer },
];
