import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { listen, stopListening } from './listen.ts';
import { createPublicHandler } from './site/serve.ts';
import { indexFile } from './site/siteIndex.ts';
import { createTranslator } from './web/i18n.ts';

export type PublicServer = { readonly address: string; readonly close: () => Promise<void> };

/**
 * The public site from its folder alone: no desk, no database, nothing is written. Another process may project into the
 * folder meanwhile: a moved pointer is seen within a second. `/readyz` is 503 until the folder has an index.
 */
export async function servePublic(
  config: Pick<Config, 'host' | 'port' | 'publicFolder' | 'baseUrl'> & Partial<Pick<Config, 'contact'>>,
  failed: (problem: unknown) => void,
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
  });
  const server = createServer((request, response) => {
    if (!site.publicListener(request, response)) site.withoutDesk(request, response);
  });
  const address = await listen(server, config);
  return { address, close: () => stopListening(server) };
}
