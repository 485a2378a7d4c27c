import { join } from 'node:path';
import { startChild } from '../test/prove/child.ts';
import type { ServerOrder, Usage } from './pageServerChild.ts';

const script = join(import.meta.dirname, 'pageServerChild.ts');

export type ServedPage = {
  readonly port: number;
  /** What the server has used so far. */
  readonly usage: () => Promise<Usage>;
  readonly stop: () => void;
};

/** A server in a process of its own. With `BENCH_PROFILE=1` the site's leaves a `.cpuprofile` in `/tmp`. */
export async function startPageServer(order: ServerOrder, execArgv: readonly string[] = []): Promise<ServedPage> {
  const profile = process.env.BENCH_PROFILE && order.kind === 'site' ? ['--cpu-prof', '--cpu-prof-dir=/tmp'] : [];
  const child = startChild(script, [], [...profile, ...execArgv]);
  child.tell(order);
  const port = (await child.hear('listening')).data as number;
  return {
    port,
    usage: () => {
      const answer = new Promise<Usage>((resolve) => child.process.once('message', resolve));
      child.tell('usage');
      return answer;
    },
    stop: () => child.process.disconnect(),
  };
}
