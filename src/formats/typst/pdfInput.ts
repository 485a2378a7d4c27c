import type { SegmentKind } from '../../domain/package/lessonPackage.ts';
import type { LabelledDrawing } from '../drawing/labelDrawing.ts';
import type { DeckFoot, DeckSlide } from '../slides/deck.ts';
import type { Line } from './sheetLabels.ts';

/** A segment's words as they are set. */
export type SetBlock = {
  readonly kind: SegmentKind;
  readonly lines: readonly Line[];
  /** Still in the source's language, and set in its direction. */
  readonly untranslated: boolean;
  /** Of a picture: which of the input's drawings, and what it shows. */
  readonly drawing?: { readonly key: string; readonly alt: string; readonly credit: Line };
};

/** A numbered step of a sheet, with what belongs to it. */
export type SetSheetStep = { readonly number: number; readonly title: Line; readonly body: readonly SetBlock[] };

/** One cell of the help box. */
export type SetHelp = {
  readonly use: string;
  readonly label: Line;
  /** The number, or the address where there is no number. */
  readonly call: Line;
  readonly link: string;
  /** In points. */
  readonly size: number;
  readonly note: Line;
};

/** What stands on every page: the running line above, the imprint below. */
export type Frame = {
  readonly runningStart: Line;
  readonly runningEnd: Line;
  readonly notices: readonly Line[];
  /** Across the page; empty outside of drafts. */
  readonly stamp: string;
  readonly imprint: {
    readonly question: Line;
    readonly how: Line;
    readonly code: string;
    /** `rows` and `small`: its modules for paper, `1` black; the small one stands in feet. */
    readonly qr: {
      readonly svg: string;
      readonly rows: readonly string[];
      readonly small: readonly string[];
      readonly alt: string;
    } | null;
    readonly lines: readonly Line[];
    readonly short: Line;
    readonly page: Line;
  };
};

/** What a pack holds, a row for each of its parts; the typesetter knows their pages. */
export type PackContents = {
  readonly title: Line;
  readonly head: readonly [Line, Line, Line];
  readonly rows: readonly { readonly part: Line; readonly copies: Line }[];
  readonly note: Line;
};

export type GuidePart = {
  readonly kind: 'guide';
  readonly frame: Frame;
  readonly title: string;
  /** Null where the guide stands alone. */
  readonly contents: PackContents | null;
  readonly lead: readonly SetBlock[];
  readonly facts: readonly { readonly term: Line; readonly value: Line }[];
  readonly warning: Line;
  readonly before: { readonly title: Line; readonly blocks: readonly SetBlock[] };
  readonly objectives: { readonly title: Line; readonly blocks: readonly SetBlock[] };
  readonly messages: { readonly title: Line; readonly blocks: readonly SetBlock[] };
  readonly materials: { readonly title: Line; readonly blocks: readonly SetBlock[] };
  readonly plan: { readonly title: Line; readonly head: readonly [Line, Line, Line] };
  readonly stepsTitle: Line;
  readonly steps: readonly {
    readonly number: number;
    readonly title: Line;
    readonly minutes: number;
    readonly clock: Line;
    /** The word of the frame; empty for steps that are not the practice step. */
    readonly practice: Line;
    readonly body: readonly SetBlock[];
    readonly evidence: Line;
  }[];
  readonly questionsTitle: Line;
  readonly questions: readonly {
    readonly number: number;
    readonly stem: readonly Line[];
    readonly answers: readonly { readonly letter: Line; readonly text: Line; readonly right: Line }[];
    readonly explanation: readonly SetBlock[];
  }[];
  readonly explanationTitle: Line;
  readonly laterTitle: Line;
  readonly laterLead: Line;
  readonly later: GuidePart['questions'];
  readonly safeguarding: { readonly title: Line; readonly blocks: readonly SetBlock[] };
  readonly evidence: {
    readonly title: Line;
    readonly entries: readonly { readonly id: string; readonly text: Line }[];
  };
  readonly help: HelpBox;
  readonly school: { readonly title: Line; readonly name: Line; readonly phone: Line };
};

export type HelpBox = {
  readonly title: Line;
  readonly main: readonly SetHelp[];
  readonly more: readonly SetHelp[];
  readonly notices: readonly Line[];
  readonly check: Line;
};

export type SheetPart = {
  readonly kind: 'sheet';
  readonly frame: Frame;
  readonly title: string;
  /** Before the steps, over the whole width. */
  readonly intro: readonly SetBlock[];
  readonly steps: readonly SetSheetStep[];
  /** After the steps. */
  readonly rest: readonly SetBlock[];
  /** To cut apart; the whole set is repeated where it fits. */
  readonly cards: readonly { readonly title: Line; readonly body: readonly SetBlock[] }[];
  /** The rest stands beside the steps. */
  readonly beside: boolean;
  /** Null where the cards themselves carry the numbers. */
  readonly help: HelpBox | null;
  /** A label with a line to write on: whom to go to in the own school. Empty where a sheet has none. */
  readonly school: Line;
};

/** A deck: to be shown, or on paper with the presenter's notes. */
export type SlidesPart = {
  readonly kind: 'slides';
  readonly form: 'screen' | 'paper';
  readonly frame: Frame;
  readonly title: string;
  /** For the foot of every page on paper. */
  readonly help: HelpBox;
  readonly notesTitle: Line;
  /** For the foot of every slide on the screen. */
  readonly foot: DeckFoot;
  readonly slides: readonly DeckSlide[];
};

/** One PDF, as JSON for the templates. */
export type PdfInput = {
  readonly document: {
    readonly title: string;
    readonly description: string;
    readonly language: string;
    readonly region: string;
    readonly direction: 'ltr' | 'rtl';
    /** Arabic script: larger, looser, bold headings, no italics. */
    readonly script: 'latin' | 'arabic';
    /** What is printed for a fact without a value, with `{{fact}}`. */
    readonly missing: string;
    /** As the typesetter names it. */
    readonly paper: 'a4' | 'us-letter';
    /** Year, month, day; null in a draft. */
    readonly date: readonly [number, number, number] | null;
  };
  readonly parts: readonly (GuidePart | SheetPart | SlidesPart)[];
  /** By the key that pictures name; their words are set as text over the lines. */
  readonly drawings?: Readonly<Record<string, LabelledDrawing>>;
};
