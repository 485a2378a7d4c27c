import type { HelpBox, PdfInput, SetBlock } from '../typst/pdfInput.ts';
import type { Line } from '../typst/sheetLabels.ts';

/** What stands together on a slide: words one after the other, or one core statement in its frame. */
export type SlideZone = { readonly kind: 'words' | 'statement'; readonly blocks: readonly SetBlock[] };

/** What every slide has. */
type AnySlide = {
  readonly number: number;
  readonly title: Line;
  /** What the presenter says and does; nobody in the room sees it. */
  readonly notes: readonly SetBlock[];
  /** `slide 3 of 11` */
  readonly place: Line;
};

/** A cell of the help slide. */
export type SlideCall = HelpBox['main'][number];

export type DeckSlide =
  | (AnySlide & {
      readonly kind: 'title';
      /** `Lesson B4, ages 10–12` */
      readonly above: Line;
      readonly blocks: readonly SetBlock[];
    })
  | (AnySlide & {
      readonly kind: 'words';
      readonly zones: readonly SlideZone[];
      /** A picture or a drawing beside the words, or alone. */
      readonly picture: SetBlock | null;
      /** Of the letters, in points on a slide of 960 by 540. */
      readonly size: number;
    })
  | (AnySlide & {
      readonly kind: 'help';
      readonly help: HelpBox;
      /** How to find out whether the slides are still current; the code is empty in a draft. */
      readonly question: Line;
      readonly how: Line;
      readonly code: string;
      readonly qr: DeckFoot['qr'];
    });

type Bare<Slide> = Slide extends DeckSlide ? Omit<Slide, 'number' | 'place'> : never;
/** A slide before it is numbered. */
export type BareSlide = Bare<DeckSlide>;

/** What stands at the foot of every slide, so that whoever photographs one has it. */
export type DeckFoot = {
  /** The lines to talk to in one row, and when they were checked. */
  readonly help: Line;
  /** Edition, lesson edition, baseline, code, licence. */
  readonly imprint: Line;
  /** The address behind the QR code, and what it is in words; null without a BASE_URL and in drafts. */
  readonly qr: { readonly url: string; readonly alt: string } | null;
};

/**
 * A lesson's slides as a value: what PPTX and PDF are both made from, so that they have the same slides. Titles and lines
 * hold no page numbers.
 */
export type Deck = {
  readonly document: PdfInput['document'];
  /** The tag of every run: `ar-EG`. */
  readonly tag: string;
  /** Demonstration and draft, on every slide. */
  readonly notices: readonly Line[];
  /** Across every slide; empty outside of drafts. */
  readonly stamp: string;
  readonly foot: DeckFoot;
  readonly slides: readonly DeckSlide[];
};
