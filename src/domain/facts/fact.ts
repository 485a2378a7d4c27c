import type { Day } from '../time.ts';

/** Dotted lower-case words: `helpline.child`, `safeguarding.lead_title`. In text: `{helpline.child}` or `{key|form}`. */
export type FactKey = string;
/** ISO 3166-1 alpha-2 country, or ISO 3166-2 region: `TR`, `GB-SCT`. */
export type JurisdictionCode = string;
/** BCP 47 language without region: `tr`. */
export type LanguageCode = string;

/** `contact` is a name with a phone, a URL or both (decision 0003). */
export const factTypes = ['phone', 'url', 'contact', 'age', 'law', 'text', 'list'] as const;
export type FactType = (typeof factTypes)[number];

/** What the baseline says about a national fact. */
export type FactDefinition = {
  readonly key: FactKey;
  readonly type: FactType;
  /** `required` stops the lessons that use it while it is empty or past its check date. */
  readonly need: 'required' | 'recommended';
  /** In English, for the people who fill it. */
  readonly label: string;
  /** Days until a value has to be checked again: at most 180 for phones and URLs, 365 for law. */
  readonly checkEvery: number;
  /** The one global default (a removal service); never a phone number. */
  readonly fallback?: { readonly url: string; readonly name: string };
  /** The sentence (a segment) that stands in until a country has a value; brought by a safety set. */
  readonly whenMissing?: string;
};

/** Stored once per jurisdiction, whatever the language. */
export type NeutralValue = {
  /** The number as dialled and printed, with its spaces: `0800 1111`, `116 111`. */
  readonly phone?: string;
  /** What people call the number when it is more than the digits: `ALO 183`. */
  readonly display?: string;
  readonly url?: string;
  readonly years?: number;
};

/** Stored per language of the jurisdiction. */
export type Wording = {
  readonly name?: string;
  readonly hours?: string;
  readonly text?: string;
  readonly list?: readonly string[];
  /** Named grammatical forms of the text or name: `dative`. */
  readonly forms?: Readonly<Record<string, string>>;
};

export type FactCheck = {
  readonly on: Day;
  readonly by: string;
  readonly method: 'called' | 'visited' | 'lawyer';
  /** What kind of value was checked. Where the baseline has made it another since, it has to be checked again. */
  readonly type?: FactType;
};

/** A jurisdiction's value for one fact. */
export type FactValue = {
  readonly key: FactKey;
  readonly jurisdiction: JurisdictionCode;
  readonly neutral: NeutralValue;
  readonly wordings: Readonly<Record<LanguageCode, Wording>>;
  readonly source: string;
  /** The day somebody looked it up; not a check. */
  readonly lookedUpOn: Day;
  readonly certainty: 'high' | 'medium' | 'low';
  /** Null until a named person has checked it. Demonstration data is never checked. */
  readonly check: FactCheck | null;
  /** Taken out at once by one person; the emergency number and a notice stand in. */
  readonly suspended: { readonly on: Day; readonly by: string; readonly reason: string } | null;
};

/** A change that waits for a second person. */
export type FactProposal = {
  readonly key: FactKey;
  readonly jurisdiction: JurisdictionCode;
  readonly value: FactValue;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
};

/** Why a fact cannot be used now. */
export type FactProblem = 'empty' | 'suspended' | 'unchecked' | 'overdue';

/** A fact as one edition prints it: neutral parts and the wording of its language. */
export type ResolvedFact = {
  readonly key: FactKey;
  readonly type: FactType;
  readonly neutral: NeutralValue;
  readonly wording: Wording;
  readonly check: FactCheck | null;
  /** Set when the value is not fit to show: what is shown is `whenMissing` or the emergency number. */
  readonly problem?: FactProblem;
  readonly whenMissing?: string;
};
