import { Place } from '../embedded-mongo/model/place.ts';
import { proveModel } from '../embedded-mongo/model/prove.ts';
import { say, told } from './child.ts';

// Run by the proof engine-model as a process of its own, with an engine of its own.
type Block = { readonly seed: number; readonly runs: number } | 'end';

const place = new Place();
await place.open();
say('ready');
for (;;) {
  const block = await told<Block>();
  if (block === 'end') break;
  const found = await proveModel(place, block.seed, block.runs);
  const { commands, errors, restarts } = place.counts;
  say(`block ${block.seed}`, {
    ...found,
    counts: { commands: Object.fromEntries(commands), errors: Object.fromEntries(errors), restarts },
  });
}
await place.close();
process.disconnect?.();
