/**
 * One package size in a process of its own, so that the memory that is measured is that of one Headwater: rounds are made
 * when the parent asks for them. `releaseChild.ts SEGMENTS EDITIONS`.
 */
import { growGently } from '../src/heap.ts';
import { say } from '../test/prove/child.ts';
import { releaseToMany } from './releaseToMany.ts';

export type Asked = { readonly kind: 'round' | 'open'; readonly number: number } | { readonly kind: 'close' };

// As the product starts.
growGently();
const many = await releaseToMany({ segments: Number(process.argv[2]), editions: Number(process.argv[3]) });

async function answer(asked: Asked): Promise<void> {
  if (asked.kind === 'close') {
    await many.close();
    process.disconnect?.();
  } else if (asked.kind === 'round') say(`round ${asked.number}`, await many.round(asked.number));
  else say(`open ${asked.number}`, await many.openPage(asked.number));
}

process.on('message', (asked: Asked) => {
  answer(asked).catch((problem: unknown) => {
    console.error(problem);
    process.exit(1);
  });
});
const { units, insertSeconds, texts, segments, databaseMiB, changed } = many;
say('filled', { units, insertSeconds, texts, segments, databaseMiB, changed });
