import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { listen, stopListening } from './listen.ts';
import { createPublicHandler, type PublicDeps, type PublicSite } from './site/serve.ts';
import { indexFile } from './site/siteIndex.ts';
import { createTranslator } from './web/i18n.ts';

export type PublicServer = { readonly address: string; readonly close: () => Promise<void> };

export type PublicConfig = Pick<Config, 'host' | 'port' | 'publicFolder' | 'baseUrl'> &
  Partial<Pick<Config, 'contact'>>;

/** What somebody behind the public site adds to it: where it stands, how it makes files, and what else it answers. */
export type Behind = Partial<Pick<PublicDeps, 'progress' | 'ready' | 'fileNow'>> & {
  /** Gets every request that is for no public page. */
  readonly others?: (site: PublicSite, request: IncomingMessage, response: ServerResponse) => void;
};

const nobody: NonNullable<Behind['others']> = (site, request, response) => site.withoutDesk(request, response);

/**
 * The public site from its folder alone: no desk, no database, nothing is written. Another process may project into the
 * folder meanwhile: a moved pointer is seen within a second. `/readyz` is 503 until the folder has an index.
 */
export async function servePublic(
  config: PublicConfig,
  failed: (problem: unknown) => void,
  { others = nobody, ...behind }: Behind = {},
): Promise<PublicServer> {
  const { t } = createTranslator(join(import.meta.dirname, '../locales'));
  const site = createPublicHandler({
    folder: config.publicFolder,
    translate: t,
    progress: () => null,
    ready: () => existsSync(indexFile(config.publicFolder)),
    baseUrl: config.baseUrl,
    contact: config.contact ?? null,
    failed,
    ...behind,
  });
  const server = createServer((request, response) => {
    if (!site.publicListener(request, response)) others(site, request, response);
  });
  const address = await listen(server, config);
  return { address, close: () => stopListening(server) };
}
