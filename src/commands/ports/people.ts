import type { OneTimeLink, Partner, Person } from '../../domain/access/access.ts';

/** The authority and the national partners. */
export interface Partners {
  all(): Promise<readonly Partner[]>;
  byId(id: string): Promise<Partner | null>;
  save(partner: Partner): Promise<void>;
}

/** Who works here. */
export interface People {
  byId(id: string): Promise<Person | null>;
  /** E-mail addresses are compared without case. */
  byEmail(email: string): Promise<Person | null>;
  ofPartner(partner: string): Promise<readonly Person[]>;
  all(): Promise<readonly Person[]>;
  /** Throws `emailTaken` when another person has the address. */
  save(person: Person): Promise<void>;
  passwordHash(person: string): Promise<string | null>;
  setPasswordHash(person: string, hash: string): Promise<void>;
}

/** One-time links to sign in. */
export interface Links {
  save(link: OneTimeLink): Promise<void>;
  byTokenHash(tokenHash: string): Promise<OneTimeLink | null>;
  /** True for exactly one caller; the link is gone afterwards. */
  use(tokenHash: string): Promise<boolean>;
  /** Removes a person's earlier links. */
  dropFor(person: string): Promise<void>;
}
