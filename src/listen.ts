import type { Server } from 'node:http';
import type { Config } from './config.ts';

/** Listens where the environment says; the address as a browser would type it. Port 0 takes a free one. */
export function listen(server: Server, config: Pick<Config, 'host' | 'port'>): Promise<string> {
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, () => {
      const at = server.address();
      const port = typeof at === 'object' && at !== null ? at.port : config.port;
      const host = config.host.includes(':') ? `[${config.host}]` : config.host;
      resolve(`http://${host}:${port}`);
    });
  });
}

export function stopListening(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
