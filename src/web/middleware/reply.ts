import type { Request, Response } from 'express';
import type { InterfaceLanguage } from '../../domain/access/access.ts';
import { directionOf, type Translator } from '../i18n.ts';
import type { Reply } from '../route.ts';
import type { Locals, Views } from '../views.ts';
import { csrfToken } from './csrf.ts';
import { languageOf } from './language.ts';
import { policyOfSelfContained } from './security.ts';
import { actorOf } from './signedIn.ts';

/** What is needed to answer. */
export type Answering = { readonly views: Views; readonly translator: Translator };

/** The text of what has just been done; telling it forgets it. */
function takeSaid(request: Request, language: InterfaceLanguage, translator: Translator): string | null {
  const said = request.session?.said;
  if (said === undefined) return null;
  delete request.session.said;
  return translator.t(language, said.key, said.values);
}

/** Whether single letters press buttons for whoever asks. */
function keysOf(request: Request): Locals['keys'] {
  const actor = actorOf(request.user);
  return actor.kind === 'person' && actor.person.letterKeys === false ? 'off' : 'on';
}

/** Layouts by the folder of the view: the desk's masthead, or nothing around it. */
function layoutOf(view: string): string {
  return view.startsWith('desk/sign-in/') ? 'plain' : view.startsWith('desk/') ? 'desk' : 'public';
}

export async function sendPage(
  answering: Answering,
  request: Request,
  response: Response,
  page: { readonly view: string; readonly data: object; readonly code?: number; readonly layout?: string },
): Promise<void> {
  const language = languageOf(request);
  const locals: Locals = {
    language,
    dir: directionOf(language),
    nonce: response.locals.nonce,
    csrfToken: csrfToken(request),
    keys: keysOf(request),
    url: request.originalUrl,
    said: takeSaid(request, language, answering.translator),
  };
  const layout = page.layout ?? layoutOf(page.view);
  const html = await answering.views.render(page.view, page.data, locals, layout);
  if (layout === 'public') response.setHeader('Content-Security-Policy', policyOfSelfContained(html));
  response
    .status(page.code ?? 200)
    .type('html')
    .send(html);
}

/** Turns a handler's reply into an answer. */
export async function sendReply(
  answering: Answering,
  request: Request,
  response: Response,
  reply: Reply,
): Promise<void> {
  switch (reply.kind) {
    case 'page':
      return sendPage(answering, request, response, reply);
    case 'redirect':
      if (reply.said !== undefined && request.session !== undefined) request.session.said = reply.said;
      response.redirect(303, reply.to);
      return;
    case 'json':
      response.status(reply.code ?? 200).json(reply.data);
      return;
    case 'bytes':
      if (reply.mediaType.startsWith('text/html')) {
        const html = Buffer.from(reply.bytes).toString('utf8');
        response.setHeader('Content-Security-Policy', policyOfSelfContained(html));
      }
      // A picture is a picture and nothing else, whoever opens it by itself.
      if (reply.mediaType.startsWith('image/')) {
        response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
        response.setHeader('Cache-Control', 'private, max-age=300');
      }
      if (reply.fileName !== undefined) response.attachment(reply.fileName);
      response.status(reply.code ?? 200).setHeader('Content-Type', reply.mediaType);
      response.send(Buffer.from(reply.bytes));
      return;
  }
}
