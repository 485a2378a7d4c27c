import type { FactDefinition, FactKey } from '../facts/fact.ts';

/** Unique in the package, never reused, never parsed for meaning: `B4.act.2`, `CPS-01`. */
export type SegmentId = string;
/** The code a lesson is known by: `B4`. */
export type LessonId = string;
/** Unique within a lesson: the kind for sections that occur once (`steps`), `handout:five-steps` for the others. */
export type SectionId = string;

/** `core`: translate, never alter. `adaptable`: names, examples, platforms. `local`: must be replaced nationally. */
export const policies = ['core', 'adaptable', 'local'] as const;
export type Policy = (typeof policies)[number];

/**
 * What a segment is on the page. Some kinds open a group that lasts until the next of their kind: a `step` is the
 * title of a step and what follows is its body; a `question` is followed by its `answer`s; a `slide` is the title of
 * a slide, followed by its lines and its `presenterNote`s; a `heading` opens a part of a handout, or one card.
 * `speech` is said aloud, `blank` labels a ruled line to write on, `tick` a box to tick, `statement` is a core
 * protective statement. A `picture` has its alt text as text; the `label`s right after it are the words in the drawing.
 */
export const segmentKinds = [
  'heading',
  'statement',
  'paragraph',
  'item',
  'speech',
  'step',
  'question',
  'answer',
  'slide',
  'presenterNote',
  'blank',
  'tick',
  'caption',
  'picture',
  'label',
] as const;
export type SegmentKind = (typeof segmentKinds)[number];

/** The smallest translatable piece. Its text is Markdown (strong, emphasis, links) with facts in braces. */
export type Segment = {
  readonly id: SegmentId;
  readonly kind: SegmentKind;
  readonly policy: Policy;
  readonly text: string;
  /** The statement of which this is another register. */
  readonly variantOf?: SegmentId;
  /** Lineage: the segments that this one was split or joined from. */
  readonly from?: readonly SegmentId[];
  /** Of a picture: the name of its drawing. A drawing never changes under its name; a new one gets a new name. */
  readonly drawing?: string;
  /** From the author to the translator; never shown to readers. */
  readonly note?: string;
};

/** Where a segment stands. One segment may stand in many lessons, but only once in a section. */
export type Placement = {
  readonly segment: SegmentId;
  /** Of a step: how long it takes. Overridable nationally, with a ledger entry. */
  readonly minutes?: number;
  /** Of a step: the practice step, the active ingredient. */
  readonly practice?: true;
  /** Of an answer: the right one. Synchronised: never changed by an edition. */
  readonly right?: true;
  /** Evidence that explains this step. */
  readonly evidence?: readonly string[];
};

export const sectionKinds = [
  'head', // heading: the title; paragraph: one sentence on what children do
  'before', // before you teach: items to tick
  'objectives',
  'messages', // the core statements of this lesson
  'materials',
  'steps',
  'questions',
  'later', // parallel questions for the later wave, so that nobody answers from memory
  'safeguarding',
  'handout', // one sheet for learners; its first heading is its title
  'aid', // a sheet that the teacher uses or lays out; its first heading is its title
  'cards', // a sheet to cut up: its first heading is its title, each further heading opens a card
  'slides',
  'letter', // to take home; its first heading is its title
  'booster',
  'plan', // the plan of an age band, in its first lesson; its first heading is its title
] as const;
export type SectionKind = (typeof sectionKinds)[number];

export type Section = {
  readonly id: SectionId;
  readonly kind: SectionKind;
  readonly placements: readonly Placement[];
};

export const bands = ['A', 'B', 'C', 'D', 'adult'] as const;
export type Band = (typeof bands)[number];

export const topics = ['trust', 'secrets', 'games', 'images', 'blackmail', 'bystander', 'adults'] as const;
export type Topic = (typeof topics)[number];

/** Whom a session for adults is for. */
export const adultKinds = ['parents', 'staff'] as const;
export type AdultKind = (typeof adultKinds)[number];

/** The fields of a lesson: synchronised, so an edition follows the baseline. */
export type LessonFields = {
  readonly band: Band;
  /** First and last age in years; null for adults. */
  readonly ages: readonly [number, number] | null;
  readonly minutes: number;
  /** Minutes of the booster card, about three months later. */
  readonly booster?: number;
  readonly group: 'class' | 'adults';
  /** Of a session for adults; absent where it is for all of them. */
  readonly adults?: AdultKind;
  /** The smallest and the largest group that it works with. */
  readonly groupSize?: readonly [number, number];
  readonly screens: 'none' | 'optional';
  /** Sheets of paper a learner gets. */
  readonly sheets: number;
  readonly topics: readonly Topic[];
  readonly sensitivity: 'low' | 'medium' | 'high';
  readonly notForAssembly: boolean;
  readonly evidence: readonly string[];
};

export type Lesson = {
  readonly id: LessonId;
  readonly fields: LessonFields;
  readonly sections: readonly Section[];
};

/** One entry of the evidence register. */
export type Evidence = {
  readonly id: string;
  readonly citation: string;
  readonly follows: string;
  readonly certainty: 'high' | 'medium' | 'low';
};

/** The baseline: lessons in teaching order, every segment by id, fact definitions and the evidence register. */
export type LessonPackage = {
  readonly lessons: readonly Lesson[];
  readonly segments: Readonly<Record<SegmentId, Segment>>;
  readonly facts: Readonly<Record<FactKey, FactDefinition>>;
  readonly evidence: Readonly<Record<string, Evidence>>;
};

/** The segment of an id that somebody wrote: what every object has (`constructor`) is none. */
export function segmentIn(lessonPackage: LessonPackage, id: string): Segment | undefined {
  return Object.hasOwn(lessonPackage.segments, id) ? lessonPackage.segments[id] : undefined;
}

/** The definition of a fact whose key somebody wrote. */
export function factIn(lessonPackage: LessonPackage, key: string): FactDefinition | undefined {
  return Object.hasOwn(lessonPackage.facts, key) ? lessonPackage.facts[key] : undefined;
}

export const emptyPackage: LessonPackage = { lessons: [], segments: {}, facts: {}, evidence: {} };
