import type { LanguageCode } from '../facts/fact.ts';
import type { Instant } from '../time.ts';

/** The languages the interface speaks. An edition may be in any language. */
export const interfaceLanguages = ['en', 'tr', 'ar'] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];

/** Of a national partner: translator, reviewer, coordinator. Of the authority: pedagogue, chiefEditor. Of the machine: operator. */
export const roles = ['translator', 'reviewer', 'coordinator', 'pedagogue', 'chiefEditor', 'operator'] as const;
export type Role = (typeof roles)[number];
export const authorityRoles = ['pedagogue', 'chiefEditor', 'operator'] as const satisfies readonly Role[];
export const partnerRoles = ['translator', 'reviewer', 'coordinator'] as const satisfies readonly Role[];

/** `authority` is the one global authority; its id is `authority`. */
export type Partner = {
  readonly id: string;
  readonly name: string;
  readonly kind: 'authority' | 'national';
  /** Jurisdictions whose facts it owns: `TR`. */
  readonly jurisdictions: readonly string[];
};

export const personStates = ['invited', 'active', 'suspended', 'left'] as const;
export type PersonState = (typeof personStates)[number];

export type MailPreference = 'all' | 'safetyOnly' | 'none';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: InterfaceLanguage;
  readonly partner: string;
  readonly roles: readonly Role[];
  readonly state: PersonState;
  readonly mail: MailPreference;
  /** False where single letters press nothing; absent, they do. */
  readonly letterKeys?: boolean;
  /** Raised by suspension, role change, leaving and reset: sessions of an earlier epoch are over. */
  readonly epoch: number;
  readonly revision: number;
};

export type OneTimeLink = {
  /** SHA-256 of the token; the token itself is only in the link. */
  readonly tokenHash: string;
  readonly purpose: 'invitation' | 'reset';
  readonly person: string;
  readonly expires: Instant;
};

export type Actor = { readonly kind: 'anonymous' } | { readonly kind: 'person'; readonly person: Person };

/** What somebody wants to do. `edition:*`, `facts:*` and `people:*` are asked about a subject that has a partner. */
export const actions = [
  'public:read',
  'feedback:give', // what a reader says of a lesson or a helpline
  'desk:enter',
  'baseline:read',
  'changeSet:write',
  'changeSet:approve',
  'release:make',
  'recall:order',
  'recall:second',
  'partner:create',
  'edition:fork',
  'edition:read',
  'unit:write',
  'unit:review',
  'edition:manage', // lesson states, reader policy
  'update:decide',
  'update:apply',
  'edition:publish',
  'edition:withdraw',
  'edition:exchange', // units out to a file and back
  'comment:write',
  'assignment:manage',
  'material:write', // added lessons and segments, pictures
  'glossary:write',
  'sendBack:write',
  'sendBack:answer',
  'facts:read',
  'facts:propose',
  'facts:confirm',
  'facts:suspend',
  'people:read',
  'people:manage',
  'me:write',
  'mail:read',
  'machine:read',
] as const;
export type Action = (typeof actions)[number];

/** What an action is about; `partner` is the partner that owns it. */
export type Subject = { readonly partner?: string; readonly language?: LanguageCode };
