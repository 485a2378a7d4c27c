import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import Handlebars from 'handlebars';
import type { InterfaceLanguage } from '../domain/access/access.ts';
import type { Block, HelpLine, Paragraph } from '../formats/page/lessonPage.ts';
import { plainText } from '../formats/page/plainText.ts';
import type { Frame } from './frame.ts';
import { inlineHtml, phoneLink, urlLink } from './inlineHtml.ts';
import { dateInWords, numberInWords, sizeInWords, type Words } from './languages.ts';
import type { Standing } from './pointer.ts';

/** What the signs of a standing are called in the set of signs. */
export const standingSigns: Readonly<Record<Standing['kind'], string>> = {
  current: 'current',
  newer: 'editorial',
  behind: 'content',
  safety: 'safety',
  withheld: 'withdrawn',
};

/** A page ready to be written: the hash of its style goes into its CSP. */
export type RenderedPage = {
  readonly html: string;
  readonly style: string;
  /** The hash of the script that leaves the page; absent where nothing runs. */
  readonly script?: string;
};

export type Renderer = {
  /** Renders `views/public/<view>.handlebars`. `rules` are added to the page's style. */
  page(view: string, frame: Frame, data: object, rules?: string): RenderedPage;
};

type Root = Frame & Readonly<Record<string, unknown>>;
type HelperOptions = { readonly hash: Readonly<Record<string, unknown>>; readonly data: { readonly root: Root } };

const { SafeString, escapeExpression } = Handlebars;
const licenceAddresses: Readonly<Record<string, string>> = {
  'CC BY 4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC BY-SA 4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  CC0: 'https://creativecommons.org/publicdomain/zero/1.0/',
};
const safe = (html: string): Handlebars.SafeString => new SafeString(html);

const attributes = (lang: string, dir: string): Handlebars.SafeString =>
  safe(` lang="${escapeExpression(lang)}" dir="${escapeExpression(dir)}"`);

/** Helpers only format; what is shown, and whether, is decided by the page's presenter. */
function helpers(words: Words, signs: ReadonlyMap<string, string>): Handlebars.HelperDeclareSpec {
  const languageOf = (options: HelperOptions): InterfaceLanguage => options.data.root.language;
  const spec: Readonly<Record<string, (...given: never[]) => unknown>> = {
    t: (key: string, options: HelperOptions) =>
      words(languageOf(options), key.includes(':') ? key : `public:${key}`, options.hash),
    /** The words of a key, or nothing where there is none. */
    maybe: (key: string | null | undefined, options: HelperOptions) =>
      key ? words(languageOf(options), `public:${key}`) : '',
    /** What is there of several words for a title. */
    titled: (...parts: readonly unknown[]) => parts.slice(0, -1).filter(Boolean).join(' · '),
    date: (day: string | null, options: HelperOptions) => (day ? dateInWords(languageOf(options), day) : ''),
    digits: (value: number, options: HelperOptions) => numberInWords(languageOf(options), value),
    size: (bytes: number, options: HelperOptions) => sizeInWords(languageOf(options), bytes),
    signKey: (severity: string) => `sign.${severity}`,
    freshKey: (kind: string) => `fresh.${kind}`,
    /** The sign of where an edition stands. */
    standingSign: (kind: Standing['kind']) => standingSigns[kind],
    kindKey: (kind: string) => `freshness:kind.${kind}`,
    feedbackKey: (group: string, name: string) => `feedback:${group}.${name}`,
    useKey: (use: string) => `help.use.${use}`,
    fileKey: (kind: string) => `files.${kind}`,
    fileNoteKey: (kind: string) => `files.${kind}Note`,
    goneKey: (why: string) => `edition.goneWhy.${why}`,
    partKey: (part: string) => (part === 'lead' ? 'lesson.leadPart' : `lesson.${part}`),
    verdictKey: (verdict: string) => `verify.verdict.${verdict}`,
    doKey: (verdict: string) => `verify.do.${verdict}`,
    goneTitle: (kind: string) => `gone.${kind}`,
    goneDo: (kind: string) => `gone.${kind}Do`,
    /** `Ages 7 to 9`, or who the adults are. */
    bandWords: (ages: { readonly from: number; readonly to: number } | null, options: HelperOptions) =>
      words(languageOf(options), ages ? 'public:band.ages' : 'public:band.adults', ages ?? {}),
    closenessKey: (closeness: string) => `edition.closeness.${closeness}`,
    legendKey: (severity: string) => `home.legend.${severity}`,
    /** Words that begin with a quotation mark hang it outside. */
    hung: (block: Block) => /^[“„«‹"]/.test(plainText(block.paragraphs)),
    eq: (left: unknown, right: unknown) => left === right,
    or: (left: unknown, right: unknown) => Boolean(left || right),
    /** What a picture shows, for those who do not see it. */
    altOf: (block: Block) => plainText(block.paragraphs),
    pictureHref: (hash: string, options: HelperOptions) => `${options.data.root.pictureBase}${hash}.webp`,
    /** Where the terms of a licence stand; empty for those that are no licence of their own. */
    licenceHref: (licence: string) => licenceAddresses[licence] ?? '',
    licenceKey: (licence: string) => `picture.licence.${licence.replace(/\W/g, '')}`,
    isAddress: (text: string) => /^https?:\/\/[^\s]+$/.test(text),
    inline: (paragraph: Paragraph) => safe(inlineHtml(paragraph)),
    /** Words that only a copy to take away says. */
    b: (key: string, options: HelperOptions) => words(languageOf(options), `bundle:${key}`, options.hash),
    bdi: (value: unknown) => safe(`<bdi dir="ltr">${escapeExpression(String(value ?? ''))}</bdi>`),
    phone: (line: HelpLine) => safe(phoneLink(line.dial, line.display)),
    url: (line: HelpLine) => safe(urlLink(line.url, line.url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, ''))),
    sign: (name: string) => {
      const drawing = signs.get(name);
      if (drawing === undefined) throw new Error(`No sign ${name}`);
      return safe(`<svg class="sign sign-${name}" viewBox="0 0 16 16" aria-hidden="true">${drawing}</svg>`);
    },
    /** The language of the lesson's words, where the page around them speaks another. */
    ours: (options: HelperOptions) => {
      const content = options.data.root.content;
      return content ? attributes(content.lang, content.dir) : '';
    },
    /** A block that is still in the source's language says so; the others are the lesson's own. */
    oursOr: (untranslated: unknown, options: HelperOptions) => {
      const { content, language } = options.data.root;
      if (untranslated === true) return language === 'en' ? '' : attributes('en', 'ltr');
      return content ? attributes(content.lang, content.dir) : '';
    },
    /** The baseline speaks English. */
    english: (options: HelperOptions) => (languageOf(options) === 'en' ? '' : attributes('en', 'ltr')),
  };
  return spec as unknown as Handlebars.HelperDeclareSpec;
}

function templatesIn(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.handlebars'))
    .map((name) => [
      relative(folder, join(folder, name))
        .split(sep)
        .join('/')
        .replace(/\.handlebars$/, ''),
      readFileSync(join(folder, name), 'utf8'),
    ]);
}

/** The signs of the desk and the few that only the public pages have. */
function readSigns(folders: readonly string[]): ReadonlyMap<string, string> {
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const drawings = files.filter((file) => file.endsWith('.svg'));
  return new Map(drawings.map((file) => [basename(file, '.svg'), readFileSync(file, 'utf8').trim()]));
}

/** Without comments and the white space that only people need. */
const tightened = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim();

/** Without comment lines and indentation. */
const withoutMargins = (script: string): string =>
  script
    .replace(/^\s*(?:\/\/.*)?\n/gm, '')
    .replace(/^ +/gm, '')
    .trim();

/** Plain Handlebars over `views/public`; needs neither Express nor a request. */
export function createRenderer(words: Words, project: string = join(import.meta.dirname, '../..')): Renderer {
  const engine = Handlebars.create();
  const partials = join(project, 'views/partials/public');
  engine.registerHelper(helpers(words, readSigns([join(project, 'views/partials/signs'), join(partials, 'signs')])));
  for (const [name, source] of templatesIn(partials)) engine.registerPartial(`public/${name}`, source);
  const views = new Map(
    templatesIn(join(project, 'views/public')).map(([name, source]) => [name, engine.compile(source)]),
  );
  const sheets = ['public.css', 'public-freshness.css'].map((name) =>
    readFileSync(join(project, 'public', name), 'utf8'),
  );
  const css = tightened(sheets.join('\n'));
  const exitScript = withoutMargins(readFileSync(join(project, 'public/exit.js'), 'utf8'));
  const script = `sha256-${createHash('sha256').update(exitScript).digest('base64')}`;
  const hashes = new Map<string, string>();
  const hashOf = (style: string): string => {
    const known = hashes.get(style);
    if (known) return known;
    const hash = `sha256-${createHash('sha256').update(style).digest('base64')}`;
    if (hashes.size < 500) hashes.set(style, hash);
    return hash;
  };
  return {
    page(view, frame, data, rules = '') {
      const template = views.get(view);
      if (!template) throw new Error(`No view ${view}`);
      const style = css + rules;
      const html = template({ exitScript: safe(exitScript), ...frame, ...data, css: safe(style) })
        .replace(/\n\s*\n+/g, '\n')
        .trim();
      const runs = html.includes(`<script>${exitScript}</script>`);
      return { html: `${html}\n`, style: hashOf(style), ...(runs ? { script } : {}) };
    },
  };
}
