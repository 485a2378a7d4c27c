import type { PublicConfig } from '../publicServer.ts';
import type { SiteEntry } from '../site/pointer.ts';
import type { Progress } from '../site/serve.ts';

/** What the gate's thread begins with. */
export type GateStart = {
  readonly config: PublicConfig;
  /** Proxies in front whose word about the reader's address is believed. */
  readonly trustProxy: number | false;
};

/**
 * From the desk to its gate. `desk`: it can be asked from now on, on the socket at this path. `open`: the first start is
 * over. Both are answered with `heard`, in their order.
 */
export type ToGate =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'open' }
  | { readonly kind: 'desk'; readonly path: string }
  | { readonly kind: 'file'; readonly number: number; readonly entry: SiteEntry | null }
  | { readonly kind: 'noFile'; readonly number: number; readonly problem: unknown }
  | { readonly kind: 'close' };

/** From the gate to the desk. `file`: a reader waits for a file that is not there yet. */
export type FromGate =
  | { readonly kind: 'listens'; readonly address: string }
  | { readonly kind: 'heard' }
  | { readonly kind: 'failed'; readonly problem: unknown }
  | {
      readonly kind: 'file';
      readonly number: number;
      readonly tag: string;
      readonly path: string;
      readonly milliseconds: number;
    };
