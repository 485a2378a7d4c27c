/** Readers in a thread of their own: they come one after the other, and count what they got in memory that is shared. */
import { workerData } from 'node:worker_threads';

const { address, counted, ended } = workerData as {
  readonly address: string;
  readonly counted: Int32Array;
  readonly ended: Int32Array;
};
while (Atomics.load(ended, 0) === 0) {
  const answer = await fetch(`${address}/en-GB`);
  if (answer.status === 200 && (await answer.text()).includes('</html>')) {
    Atomics.add(counted, 0, 1);
    Atomics.notify(counted, 0);
  }
}
