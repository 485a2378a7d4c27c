import type { PublishedPicture } from '../../domain/edition/publication.ts';
import type {
  AdultKind,
  Band,
  LessonId,
  Policy,
  SegmentId,
  SegmentKind,
  Topic,
} from '../../domain/package/lessonPackage.ts';

/**
 * The page model: what every output format of a lesson is made from. Text has been parsed, facts have been resolved,
 * values that must never be reordered (phones, URLs, numbers of years) are nodes of their own, so that no template can
 * forget to isolate them left to right.
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' }
  /** A number to call: `display` is printed, `dial` is dialled, both left to right. */
  | { readonly kind: 'phone'; readonly name: string; readonly display: string; readonly dial: string }
  /** An address: `label` is the address without its scheme, left to right. */
  | { readonly kind: 'url'; readonly name: string; readonly url: string; readonly label: string }
  /** Digits with spaces, hyphens, slashes or a plus that stand in a text (`116 111`, `10-12`), left to right. */
  | { readonly kind: 'number'; readonly text: string }
  /** Years of age, left to right. */
  | { readonly kind: 'age'; readonly years: number }
  /** National wording: law, titles. */
  | { readonly kind: 'wording'; readonly text: string }
  /** A fact without a usable value and without a sentence that stands in. Stops publication; seen in previews only. */
  | { readonly kind: 'missingFact'; readonly key: string };

export type Paragraph = readonly Inline[];

/** One segment's words, ready to set. */
export type Block = {
  readonly segment: SegmentId;
  readonly kind: SegmentKind;
  readonly policy: Policy;
  readonly paragraphs: readonly Paragraph[];
  readonly adapted?: boolean;
  /** The national partner's own: the baseline has no such words. */
  readonly added?: true;
  /** The text is still in the source's language. */
  readonly untranslated?: true;
  /** Of a picture: its drawing, and the words that are set into it, in order. */
  readonly drawing?: { readonly name: string; readonly labels: readonly string[] };
  /** Of a picture that is the edition's own: its bytes by their hashes, its size in pixels, and whom to thank. */
  readonly picture?: PublishedPicture;
};

export type LessonStep = {
  readonly segment: SegmentId;
  readonly number: number;
  readonly title: Paragraph;
  readonly minutes: number;
  /** Minutes since the start. */
  readonly from: number;
  readonly to: number;
  readonly practice: boolean;
  readonly body: readonly Block[];
  readonly evidence: readonly string[];
};

export type LessonQuestion = {
  readonly segment: SegmentId;
  readonly number: number;
  readonly stem: readonly Paragraph[];
  readonly answers: readonly { readonly segment: SegmentId; readonly text: Paragraph; readonly right: boolean }[];
  /** Why, for the teacher. */
  readonly explanation: readonly Block[];
};

/** A sheet for learners, cards to cut, a letter to take home, the booster card, or the plan of an age band. */
export type LessonSheet = {
  /** `five-steps`; the name of its file. */
  readonly name: string;
  readonly kind: 'handout' | 'aid' | 'cards' | 'letter' | 'booster' | 'plan';
  readonly title: string;
  readonly blocks: readonly Block[];
};

export type LessonSlide = {
  readonly segment: SegmentId;
  readonly number: number;
  readonly title: Paragraph;
  readonly lines: readonly Block[];
  readonly notes: readonly Block[];
};

/** A helpline or service as it is printed on every sheet and page. */
export type HelpLine = {
  readonly key: string;
  readonly use: 'child' | 'crisis' | 'danger' | 'report' | 'removal';
  readonly name: string;
  /** Empty when there is only an address. */
  readonly display: string;
  readonly dial: string;
  readonly url: string;
  readonly hours: string;
};

export type Help = {
  readonly lines: readonly HelpLine[];
  /** The oldest check of the lines shown; null when any of them is unchecked. */
  readonly checkedOn: string | null;
  /** Lines taken out at once by a person: a notice says so and the emergency number stands in. */
  readonly suspended?: readonly HelpLine['use'][];
};

/** Where the printed copy comes from; on every page of every file. */
export type Imprint = {
  readonly edition: string;
  readonly country: string;
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly demonstration: boolean;
  /** A preview from the working text: stamped DRAFT, no code. */
  readonly draft: boolean;
  readonly release: string;
  /** Number and day of the publication that last changed this lesson; null in a draft. */
  readonly lessonEdition: { readonly number: number; readonly on: string } | null;
  /** Ten characters with a hyphen; null in a draft. */
  readonly code: string | null;
  /** Absolute address of `/verify/{code}`, or null without a BASE_URL: never a loopback address on paper. */
  readonly verifyUrl: string | null;
  /** `headwater.example/verify`, to be typed; null without a BASE_URL. */
  readonly verifyLabel: string | null;
  readonly licence: 'CC BY-SA 4.0';
};

export type LessonPage = {
  readonly lesson: LessonId;
  /** A lesson of the national partner's own. */
  readonly national?: true;
  /** Plain text. */
  readonly title: string;
  readonly lead: readonly Block[];
  readonly band: Band;
  readonly ages: readonly [number, number] | null;
  readonly minutes: number;
  readonly booster: number | null;
  readonly group: 'class' | 'adults';
  /** Of a session for adults; absent where it is for all of them. */
  readonly adults?: AdultKind;
  readonly groupSize: readonly [number, number] | null;
  readonly screens: 'none' | 'optional';
  readonly sheets: number;
  readonly topics: readonly Topic[];
  readonly sensitivity: 'low' | 'medium' | 'high';
  readonly notForAssembly: boolean;
  readonly evidence: readonly { readonly id: string; readonly citation: string }[];
  readonly before: readonly Block[];
  readonly objectives: readonly Block[];
  readonly messages: readonly Block[];
  readonly materials: readonly Block[];
  readonly steps: readonly LessonStep[];
  readonly questions: readonly LessonQuestion[];
  /** The same four points with other words, for the later wave. */
  readonly later: readonly LessonQuestion[];
  readonly safeguarding: readonly Block[];
  readonly sheetsToPrint: readonly LessonSheet[];
  readonly slides: readonly LessonSlide[];
  readonly help: Help;
  readonly imprint: Imprint;
};
