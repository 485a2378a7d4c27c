import type { Config } from '../config.ts';
import { start } from '../main.ts';

/** How long what is under way may take to end, in ms; the database survives a process that is cut off. */
const patience = 5000;

/** `start`: runs until it is told to stop, then lets what is under way end; told again, it stops at once. */
export async function startProduct(config: Config): Promise<undefined> {
  const running = await start(config, { readersFirst: true });
  let told = false;
  const stop = (): void => {
    if (told) process.exit(1);
    told = true;
    setTimeout(() => process.exit(0), patience).unref();
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}
