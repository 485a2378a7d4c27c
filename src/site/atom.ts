import { value } from '../formats/exchange/xmlWords.ts';
import { sha256 } from './objects.ts';

/** A line of an entry: plain text, in its own language where it differs from the feed's. */
export type FeedLine = { readonly text: string; readonly language?: string };

export type FeedEntry = {
  readonly id: string;
  readonly title: string;
  /** Of the title, where it differs from the feed's. */
  readonly language?: string;
  /** RFC 3339. */
  readonly updated: string;
  /** Where it can be read, below the address of the site. */
  readonly href: string;
  readonly severity: string | null;
  readonly lines: readonly FeedLine[];
};

export type Feed = {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
  readonly author: string;
  /** The feed's own address, and the page that says the same. */
  readonly self: string;
  readonly page: string;
  /** `https://headwater.example`, or null: then addresses are relative to the site. */
  readonly base: string | null;
  /** When nothing has happened yet. RFC 3339. */
  readonly begun: string;
  /** Newest first. */
  readonly entries: readonly FeedEntry[];
};

/** An id that stays the same wherever the site moves: a name-based UUID (RFC 9562, version 8) over what it is of. */
export function feedId(...of: readonly string[]): string {
  const hex = sha256(JSON.stringify(of));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

/** Text as XML holds it, in an element or an attribute. */
const xml = (text: string): string => value(text.toWellFormed());

/** A feed as RFC 4287 has it. The same feed gives the same bytes. */
export function atomFeed(feed: Feed): string {
  const at = (path: string): string => xml((feed.base ?? '') + path);
  const lang = (language: string | undefined): string =>
    language === undefined || language === feed.language ? '' : ` xml:lang="${xml(language)}"`;
  const line = ({ text, language }: FeedLine): string => {
    const own = language !== undefined && language !== feed.language;
    return `<p${own ? ` xml:lang="${xml(language)}" dir="auto"` : ''}>${xml(text)}</p>`;
  };
  const entry = (each: FeedEntry): readonly string[] => [
    '<entry>',
    `<id>${xml(each.id)}</id>`,
    `<title${lang(each.language)}>${xml(each.title)}</title>`,
    `<updated>${xml(each.updated)}</updated>`,
    `<link rel="alternate" type="text/html" href="${at(each.href)}"/>`,
    ...(each.severity === null ? [] : [`<category term="${xml(each.severity)}"/>`]),
    `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" dir="${feed.dir}">${each.lines.map(line).join('')}</div></content>`,
    '</entry>',
  ];
  return `${[
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(feed.language)}">`,
    `<id>${xml(feed.id)}</id>`,
    `<title>${xml(feed.title)}</title>`,
    `<updated>${xml(feed.entries[0]?.updated ?? feed.begun)}</updated>`,
    `<author><name>${xml(feed.author)}</name></author>`,
    `<link rel="self" type="application/atom+xml" href="${at(feed.self)}"/>`,
    `<link rel="alternate" type="text/html" href="${at(feed.page)}"/>`,
    '<rights>CC BY-SA 4.0</rights>',
    ...feed.entries.flatMap(entry),
    '</feed>',
  ].join('\n')}\n`;
}
