import type { InterfaceLanguage } from '../domain/access/access.ts';
import type { EditionTag } from '../domain/edition/edition.ts';
import type { Help, HelpLine } from '../formats/page/lessonPage.ts';
import { addresses } from './addresses.ts';
import { countryInSentence, countryName, directionOf, frameLanguage, ownName } from './languages.ts';

/** What surrounds every page: help strip, masthead, foot. */
export type Frame = {
  readonly language: InterfaceLanguage;
  readonly dir: 'ltr' | 'rtl';
  /** Set when the lessons' language is not the one of the words around them. */
  readonly content: { readonly lang: string; readonly dir: 'ltr' | 'rtl' } | null;
  /** Null without a country: the strip leads to the choice. */
  readonly edition: FrameEdition | null;
  readonly help: FrameHelp | null;
  readonly demonstration: boolean;
  readonly exitUrl: string | null;
  readonly place: 'home' | 'lessons' | 'help' | 'verify' | null;
  readonly links: {
    readonly home: string;
    readonly verify: string;
    readonly desk: string;
    readonly accessibility: string;
  };
};

export type FrameEdition = {
  readonly tag: EditionTag;
  readonly country: string;
  readonly inSentence: string;
  readonly languageName: string;
  readonly language: string;
  readonly href: string;
  readonly helpHref: string;
};

export type FrameHelp = {
  readonly child: HelpLine | null;
  readonly danger: HelpLine | null;
  readonly lines: readonly HelpLine[];
  readonly checkedOn: string | null;
  readonly suspended: boolean;
};

export function frameHelp(help: Help): FrameHelp {
  const of = (use: HelpLine['use']): HelpLine | null =>
    help.lines.find((line) => line.use === use && line.dial) ?? null;
  return {
    child: of('child'),
    danger: of('danger'),
    lines: help.lines,
    checkedOn: help.checkedOn,
    suspended: (help.suspended ?? []).length > 0,
  };
}

/** The statement opens in the language of the page that leads to it. */
const linksIn = (language: InterfaceLanguage): Frame['links'] => ({
  home: addresses.home,
  verify: addresses.verify,
  desk: addresses.desk,
  accessibility: `${addresses.accessibility}?language=${language}`,
});

/** Of a page that belongs to an edition. */
export function editionFrame(
  edition: {
    readonly tag: EditionTag;
    readonly language: string;
    readonly country: string;
    readonly demonstration: boolean;
    readonly exitUrl: string;
  },
  help: Help,
  place: Frame['place'],
): Frame {
  const { exitUrl } = edition;
  const language = frameLanguage(edition.language);
  const own = edition.language.split('-')[0] === language;
  const safeExit = /^https?:\/\//.test(exitUrl) ? exitUrl : null;
  return {
    language,
    dir: directionOf(language),
    content: own ? null : { lang: edition.language, dir: directionOf(edition.language) },
    edition: {
      tag: edition.tag,
      country: countryName(language, edition.country),
      inSentence: countryInSentence(language, edition.country),
      languageName: ownName(edition.language),
      language: edition.language,
      href: addresses.edition(edition.tag),
      helpHref: addresses.help(edition.tag),
    },
    help: frameHelp(help),
    demonstration: edition.demonstration,
    exitUrl: safeExit,
    place,
    links: linksIn(language),
  };
}

/** Of a page before a country is chosen. */
export function plainFrame(language: InterfaceLanguage, place: Frame['place']): Frame {
  return {
    language,
    dir: directionOf(language),
    content: null,
    edition: null,
    help: null,
    demonstration: false,
    exitUrl: null,
    place,
    links: linksIn(language),
  };
}
