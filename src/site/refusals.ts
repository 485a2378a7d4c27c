import type { IncomingMessage, ServerResponse } from 'node:http';
import type { InterfaceLanguage } from '../domain/access/access.ts';
import type { PublicSiteParts } from './dynamicAnswers.ts';
import { negotiated } from './dynamicAnswers.ts';
import { answerOf } from './dynamicPages.ts';
import { editionFrame, type Frame, plainFrame } from './frame.ts';
import { type Answer, respond } from './respond.ts';

/** Why an address is not answered: nothing is there, it cannot be read (`%E0%A4`), or something else than reading is wished. */
export type RefusalKind = 'missing' | 'torn' | 'readOnly';

const codes: Readonly<Record<RefusalKind, number>> = { missing: 404, torn: 400, readOnly: 405 };

/** The page around a refusal: of the edition that the address begins with, with its helplines; else in the reader's language. */
function frameAt({ folder }: PublicSiteParts, path: string, language: InterfaceLanguage): Frame {
  const tag = path.split(/[/?]/)[1] ?? '';
  const facts = folder.tags().includes(tag) ? folder.edition(tag).value?.facts : undefined;
  return facts === undefined ? plainFrame(language, null) : editionFrame(facts, facts.help, null);
}

function refusalAnswer(site: PublicSiteParts, kind: RefusalKind, path: string, language: InterfaceLanguage): Answer {
  const words = { title: `notFound.${kind}.title`, text: `notFound.${kind}.text` };
  const page = site.renderer.page('notFound', frameAt(site, path, language), words);
  const headers = { ...negotiated, ...(kind === 'readOnly' ? { Allow: 'GET, HEAD' } : {}) };
  return answerOf(page, { code: codes[kind], cache: 'no-store', headers });
}

/** Answers with the page of a refusal. What was sent with it is not read. */
export function refuse(
  site: PublicSiteParts,
  kind: RefusalKind,
  language: InterfaceLanguage,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (kind === 'readOnly') response.setHeader('Connection', 'close');
  respond(request, response, refusalAnswer(site, kind, request.url ?? '/', language));
}

/** Whether an address was cut or changed on its way so that it cannot be read any more. */
export function isTorn(path: string): boolean {
  try {
    decodeURIComponent(path);
    return false;
  } catch {
    return true;
  }
}
