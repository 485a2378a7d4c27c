import type { Judge } from './judge.ts';

/** Who judges books, packages for learning platforms, ZIPs and pages. */
export const packsJudges: readonly Judge[] = [];
