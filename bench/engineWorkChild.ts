/** A process that does the work of the engine's bench: `driver URI BYTES` or `plain FILE BYTES`. */
import { say } from '../test/prove/child.ts';
import { type Answer, type Order, perform } from './engineWork.ts';
import { plainSqlite, throughDriver } from './engineWorkSides.ts';

const [side = '', place = '', bytes = '0'] = process.argv.slice(2);
const works = side === 'driver' ? await throughDriver(place) : plainSqlite(place);

async function answer(order: Order): Promise<Answer> {
  const began = performance.now();
  try {
    const operations = await perform(works, order, Number(bytes));
    return { ms: performance.now() - began, operations, problem: null };
  } catch (error) {
    return { ms: performance.now() - began, operations: 0, problem: String(error) };
  }
}

process.on('message', (order: Order | 'close') => {
  if (order === 'close') void works.close().then(() => process.disconnect?.());
  else void answer(order).then((done) => process.send?.(done));
});
say('waiting');
