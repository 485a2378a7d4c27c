/**
 * Loaded into a server before it starts (`--import`): how long its event loop was held up, in ms, written where
 * `LOOP_DELAY_FILE` says whenever it gets SIGUSR2, and begun anew.
 */
import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

export type LoopDelay = { readonly p50: number; readonly p99: number; readonly most: number };

const file = process.env.LOOP_DELAY_FILE;
if (file !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const ms = (nanoseconds: number): number => Number((nanoseconds / 1e6).toFixed(1));
  process.on('SIGUSR2', () => {
    const found: LoopDelay = { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), most: ms(delay.max) };
    writeFileSync(file, JSON.stringify(found));
    delay.reset();
  });
}
