import type { PictureReader } from '../commands/ports/pictures.ts';
import type { PublicationRuns } from '../jobs/publications.ts';
import { authorityRoutes } from './desk/authority/routes.ts';
import { baselineRoutes } from './desk/baseline/routes.ts';
import { changeSetRoutes } from './desk/changeSets/routes.ts';
import { checksRoutes } from './desk/checks/routes.ts';
import { commentRoutes } from './desk/comments/routes.ts';
import { concordanceRoutes } from './desk/concordance/routes.ts';
import { differencesRoutes } from './desk/differences/routes.ts';
import { exchangeRoutes } from './desk/exchange/routes.ts';
import { factsRoutes } from './desk/facts/routes.ts';
import { deskFeedbackRoutes } from './desk/feedback/routes.ts';
import { findRoutes } from './desk/find/routes.ts';
import { glossaryRoutes } from './desk/glossary/routes.ts';
import { inboxRoutes } from './desk/inbox/routes.ts';
import { keysRoutes } from './desk/keys/routes.ts';
import { ledgerRoutes } from './desk/ledger/routes.ts';
import { lessonsRoutes } from './desk/lessons/routes.ts';
import { mailsRoutes } from './desk/mails/routes.ts';
import { materialRoutes } from './desk/material/routes.ts';
import { meRoutes } from './desk/me/routes.ts';
import { peopleRoutes } from './desk/people/routes.ts';
import type { Previews } from './desk/preview/port.ts';
import { previewRoutes } from './desk/preview/routes.ts';
import { publishRoutes } from './desk/publish/routes.ts';
import { summariesRoutes } from './desk/publish/summaries.ts';
import { recallRoutes } from './desk/recalls/routes.ts';
import { releaseRoutes } from './desk/releases/routes.ts';
import { replaceRoutes } from './desk/replace/routes.ts';
import { reviewRoutes } from './desk/review/routes.ts';
import { sendBackRoutes } from './desk/sendBacks/routes.ts';
import { signInRoutes } from './desk/sign-in/routes.ts';
import { sisterRoutes } from './desk/sister/routes.ts';
import { structureRoutes } from './desk/structure/routes.ts';
import { todayRoutes } from './desk/today/routes.ts';
import { updateRoutes } from './desk/update/routes.ts';
import { workbenchRoutes } from './desk/workbench/routes.ts';
import { feedbackRoutes } from './feedback/routes.ts';
import type { Route } from './route.ts';

export type DeskDeps = {
  readonly runs: PublicationRuns;
  readonly previews: Previews;
  /** Checks an uploaded picture and encodes it again. */
  readonly readPicture: PictureReader;
  readonly mailFolder: string;
  /** Scheme, host and port as people reach it; for links in invitations. */
  readonly origin: string;
};

/** Every route of the desk. What is not declared here is not there. */
export function deskRoutes(deps: DeskDeps): readonly Route[] {
  return [
    ...signInRoutes,
    ...meRoutes,
    ...inboxRoutes,
    ...keysRoutes,
    ...findRoutes,
    ...mailsRoutes({ folder: deps.mailFolder }),
    ...peopleRoutes({ origin: deps.origin }),
    ...authorityRoutes,
    ...baselineRoutes,
    ...differencesRoutes,
    ...changeSetRoutes,
    ...releaseRoutes,
    ...recallRoutes,
    ...todayRoutes,
    ...lessonsRoutes,
    ...workbenchRoutes(deps.previews),
    ...commentRoutes,
    ...materialRoutes(deps.readPicture),
    ...checksRoutes,
    ...replaceRoutes,
    ...reviewRoutes,
    ...exchangeRoutes,
    ...factsRoutes,
    ...ledgerRoutes,
    ...glossaryRoutes,
    ...concordanceRoutes,
    ...sisterRoutes,
    ...structureRoutes,
    ...sendBackRoutes,
    ...previewRoutes(deps.previews),
    ...updateRoutes,
    ...publishRoutes(deps.runs),
    ...deskFeedbackRoutes,
    ...feedbackRoutes,
    ...summariesRoutes,
  ];
}
