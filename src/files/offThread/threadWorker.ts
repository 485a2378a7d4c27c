/** The thread beside the web loop: calls what it is told to and answers with what came out. */
import { parentPort } from 'node:worker_threads';

type Call = { readonly module: string; readonly name: string; readonly given: readonly unknown[] };
type Callable = (...given: readonly unknown[]) => unknown;

parentPort?.on('message', async ({ module, name, given }: Call) => {
  try {
    const room = (await import(module)) as Readonly<Record<string, Callable | undefined>>;
    const made = await room[name]?.(...given);
    if (made === undefined) throw new Error(`${module} has nothing named ${name}`);
    parentPort?.postMessage({ made });
  } catch (problem) {
    parentPort?.postMessage({ problem: problem instanceof Error ? problem.message : String(problem) });
  }
});
