import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { servePublic } from '../publicServer.ts';

/** `serve public`: runs until it is told to stop, then lets answers under way end. */
export async function serve(config: Config, verb: string): Promise<number | undefined> {
  if (verb !== 'public') {
    console.error('headwater serve public');
    return 1;
  }
  if (!existsSync(config.publicFolder)) {
    console.error(`There is no ${config.publicFolder}. It is written by "headwater start", or copied here.`);
    return 1;
  }
  const server = await servePublic(config, (problem) => console.error('The public folder cannot be read:', problem));
  console.log(`Headwater serves ${config.publicFolder} on ${server.address}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
  return undefined;
}
