import { cartridgeJudge } from './cartridgeJudge.ts';
import { epubJudge } from './epubJudge.ts';
import type { Judge } from './judge.ts';
import { pagesJudge } from './pagesJudge.ts';
import { scormJudge } from './scormJudge.ts';
import { usbJudge } from './usbJudge.ts';

/** Who judges books, packages for learning platforms, ZIPs and pages. */
export const packsJudges: readonly Judge[] = [epubJudge, scormJudge, cartridgeJudge, usbJudge, pagesJudge];
