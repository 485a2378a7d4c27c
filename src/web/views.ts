import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ExpressHandlebars } from 'express-handlebars';
import Handlebars from 'handlebars';
import type { InterfaceLanguage } from '../domain/access/access.ts';
import { formatNumber, numberingTag, type Translator } from './i18n.ts';
import { paths } from './paths.ts';

/** What every template can read beside its own data. */
export type Locals = {
  readonly language: InterfaceLanguage;
  readonly dir: 'ltr' | 'rtl';
  readonly nonce: string;
  /** For the hidden field of forms; empty where there is no session. */
  readonly csrfToken: string;
  /** `off` where the person wants no single letters to press buttons. */
  readonly keys: 'on' | 'off';
  readonly url: string;
  /** What has just been done, told once. */
  readonly said: string | null;
};

export type Views = {
  /** Renders `views/<view>.handlebars` inside `views/layouts/<layout>.handlebars`. */
  readonly render: (view: string, data: object, locals: Locals, layout: string | null) => Promise<string>;
};

type HelperOptions = { readonly hash: Readonly<Record<string, unknown>>; readonly data: { readonly root: Locals } };

const dateStyles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  day: { day: 'numeric', month: 'long', year: 'numeric' },
  dated: { day: 'numeric', month: 'short', year: 'numeric' },
  short: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  moment: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};

/** A day or an instant in words, the day before the month. Times are in UTC. */
export function formatDate(language: string, value: string, style = 'day'): string {
  const options = dateStyles[style] ?? dateStyles.day;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : numberingTag(language), {
    ...options,
    timeZone: 'UTC',
  }).format(new Date(value));
}

const { SafeString, escapeExpression } = Handlebars;

/** The inner drawing of each sign, by name; they take the colour of the words beside them. */
function readSigns(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.svg'));
  return new Map(files.map((name) => [basename(name, '.svg'), readFileSync(join(directory, name), 'utf8').trim()]));
}

/** Helpers only format; what is shown, and whether, is decided by the page's presenter. */
function helpers(translator: Translator, asset: (name: string) => string, signs: ReadonlyMap<string, string>) {
  return {
    t: (key: string, options: HelperOptions) => translator.t(options.data.root.language, key, options.hash),
    date: (value: string | null | undefined, options: HelperOptions) =>
      value ? formatDate(options.data.root.language, value, String(options.hash.style ?? 'day')) : '',
    number: (value: number, options: HelperOptions) => formatNumber(options.data.root.language, value),
    path: (name: keyof typeof paths, ...rest: readonly unknown[]) => paths[name].to(...rest.slice(0, -1).map(String)),
    asset,
    concat: (...parts: readonly unknown[]) => parts.slice(0, -1).join(''),
    eq: (left: unknown, right: unknown) => left === right,
    /** `{{sign 'safety'}}`, beside its word; `{{sign state label='…'}}` where the word is not written out. */
    sign: (name: string, options: HelperOptions) => {
      const drawing = signs.get(name);
      if (drawing === undefined) throw new Error(`No sign ${name}`);
      const label = options.hash.label;
      const says =
        typeof label === 'string' ? `role="img" aria-label="${escapeExpression(label)}"` : 'aria-hidden="true"';
      return new SafeString(`<svg class="sign sign-${name}" viewBox="0 0 16 16" ${says}>${drawing}</svg>`);
    },
    /** A number, address or id in one piece, left to right whatever surrounds it. */
    bdi: (value: unknown) => new SafeString(`<bdi dir="ltr">${escapeExpression(String(value ?? ''))}</bdi>`),
  };
}

/**
 * Handlebars over `views/`. Partials: `{{> csrf}}` is `views/partials/csrf.handlebars`, `{{> desk/update/item}}` is
 * `views/desk/update/item.handlebars`.
 */
export function createViews(deps: {
  readonly directory: string;
  readonly translator: Translator;
  readonly asset: (name: string) => string;
  readonly cache: boolean;
}): Views {
  const { directory, cache } = deps;
  const engine = new ExpressHandlebars({
    extname: '.handlebars',
    defaultLayout: false,
    // A partial's own lines stay as they are: a text area would keep the indentation.
    compilerOptions: { preventIndent: true },
    partialsDir: [
      join(directory, 'partials'),
      // The types ask for templates, too; the code reads the folder when there are none.
      { dir: join(directory, 'desk'), namespace: 'desk' } as never,
    ],
    helpers: helpers(deps.translator, deps.asset, readSigns(join(directory, 'partials/signs'))) as never,
  });
  // The library asks for every partial again for every page, a promise each: more work than most pages are.
  let kept: ReturnType<typeof engine.getPartials> | null = null;
  const partialsOf = () => {
    kept ??= engine.getPartials({ cache });
    kept.catch(() => {
      kept = null;
    });
    return kept;
  };
  return {
    async render(view, data, locals, layout) {
      const values = { ...data, ...locals };
      const options = cache ? { cache, partials: (await partialsOf()) as never } : { cache };
      const body = await engine.render(join(directory, `${view}.handlebars`), values, options);
      if (layout === null) return body;
      const page = { ...values, body: new SafeString(body) };
      return `${await engine.render(join(directory, 'layouts', `${layout}.handlebars`), page, options)}\n`;
    },
  };
}
