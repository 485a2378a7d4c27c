import { readPicture } from '../../src/files/pictures.ts';
import { createPublicationRuns, type PublicationRuns } from '../../src/jobs/publications.ts';
import { inlineHtml } from '../../src/site/inlineHtml.ts';
import type { Previews } from '../../src/web/desk/preview/port.ts';
import { deskRoutes } from '../../src/web/routes.ts';
import { listen, Visitor } from '../web/testApp.ts';
import type { Name, SmallWorld } from './smallWorld.ts';

export type Answer = Response & { readonly html: string };

/** The desk over HTTP, with everybody in a browser of their own. */
export type Desk = {
  readonly runs: PublicationRuns;
  readonly enter: (name: Name) => Promise<Visitor>;
  readonly close: () => Promise<void>;
};

export const previews: Previews = {
  page: async ({ lesson }) => `<!doctype html><title>${lesson.id}</title>`,
  file: async (_, name) => (name === 'guide.pdf' ? new Uint8Array([37]) : null),
  words: inlineHtml,
};

export async function openDesk(world: SmallWorld, mailFolder = '/nonexistent'): Promise<Desk> {
  const runs = createPublicationRuns(world, () => {});
  const origin = 'http://127.0.0.1:3000';
  const app = await listen(world, deskRoutes({ runs, previews, readPicture, mailFolder, origin }));
  return {
    runs,
    async enter(name) {
      const visitor = new Visitor(app.origin);
      await visitor.signIn(name);
      await visitor.get('/desk/me');
      return visitor;
    },
    close: app.close,
  };
}

/** The value of a hidden or written field on a page. */
export function fieldOf({ html }: Answer, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}

/** What is written in a text area. */
export function areaOf({ html }: Answer, id: string): string {
  return new RegExp(`<textarea id="${id}"[^>]*>([^<]*)</textarea>`).exec(html)?.[1] ?? '';
}

/** The words of a page, without its markup: marks around changed words do not count. */
export function wordsOf({ html }: Answer): string {
  return html
    .replace(/<span class="aside">[^<]*<\/span>|<span class="(?:plus|minus)"[^>]*>[^<]*<\/span>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');
}
