import type { World } from '../commands/ports.ts';
import type { Action, Actor, InterfaceLanguage, Person } from '../domain/access/access.ts';
import type { Edition } from '../domain/edition/edition.ts';
import type { Instant } from '../domain/time.ts';

/** Looks up an interface text: `desk:update.headline`. Values are escaped by the template, not here. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

/** An uploaded file, held in memory, within the size limit. */
export type Upload = { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array };

/** Everything a handler is given. Nothing of Express: a handler can be tested with a plain value. */
export type Context = {
  readonly world: World;
  readonly actor: Actor;
  readonly language: InterfaceLanguage;
  readonly t: Translate;
  readonly now: Instant;
  readonly params: Readonly<Record<string, string>>;
  /** Last value of each query parameter; never nested. */
  readonly query: Readonly<Record<string, string>>;
  /** Flat form fields; a repeated field is joined by the router into a list. Empty for GET. */
  readonly form: Readonly<Record<string, string | readonly string[]>>;
  readonly upload: Upload | null;
  /** Path and query asked for. */
  readonly url: string;
};

/** Routes `about: 'edition'` get the edition of `:edition`, found through the actor: what they may not see is 404. */
export type EditionContext = Context & { readonly person: Person; readonly edition: Edition };
/** Routes under /desk behind sign-in. */
export type PersonContext = Context & { readonly person: Person };

export type Reply =
  /** `code` defaults to 200. The view is a path under `views/` without extension. */
  | { readonly kind: 'page'; readonly view: string; readonly data: object; readonly code?: number }
  /** 303. `said` is a text key shown once on the next page; `signsIn` begins a new session for somebody first. */
  | {
      readonly kind: 'redirect';
      readonly to: string;
      readonly said?: { readonly key: string; readonly values?: Readonly<Record<string, string | number>> };
      readonly signsIn?: Person;
    }
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly mediaType: string;
      readonly fileName?: string;
      readonly code?: number;
    }
  | { readonly kind: 'json'; readonly data: object; readonly code?: number };

/** What is recorded of a request that changed something: a verb of the desk, or `nothing` for reads. */
export type Audit = string;

type RouteBase = {
  readonly method: 'get' | 'post';
  /** Express 5 path: `/desk/editions/:edition/update`. */
  readonly path: string;
  /** Who may. */
  readonly allow: Action;
  /** What is recorded. */
  readonly audit: Audit;
  /** A form of the public pages: no cookie, so no token; the browser has to say that it comes from here, and a step limits it. */
  readonly open?: true;
  /** Accepts one file in field `file`; `bytes`: larger than usual. */
  readonly upload?: true | { readonly bytes: number };
};

export type Route =
  | (RouteBase & { readonly about: 'nothing'; readonly handle: (context: Context) => Promise<Reply> })
  | (RouteBase & { readonly about: 'person'; readonly handle: (context: PersonContext) => Promise<Reply> })
  | (RouteBase & { readonly about: 'edition'; readonly handle: (context: EditionContext) => Promise<Reply> });
