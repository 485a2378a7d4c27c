import type { DomainEvent, Notice, OutboxMail } from '../../domain/notification/notification.ts';
import type { Instant } from '../../domain/time.ts';

/** What happened. */
export interface Events {
  add(event: DomainEvent, notices?: readonly Notice[], mails?: readonly OutboxMail[]): Promise<void>;
  /** Newest first. `subjectPrefix`: `edition/tr-TR`. */
  recent(subjectPrefix: string, limit: number): Promise<readonly DomainEvent[]>;
}

/** What people are told on the desk. */
export interface Notices {
  ofPerson(person: string, limit: number): Promise<readonly Notice[]>;
  byIds(ids: readonly string[]): Promise<readonly Notice[]>;
  unread(person: string): Promise<number>;
  markRead(person: string, ids: readonly string[] | 'all', at: Instant): Promise<void>;
}

/** Mails to be sent. */
export interface Outbox {
  /** Takes up to `limit` mails that are due, for `leaseSeconds`; nobody else gets them meanwhile. */
  take(now: Instant, limit: number, leaseSeconds: number): Promise<readonly OutboxMail[]>;
  save(mail: OutboxMail): Promise<void>;
  waiting(): Promise<number>;
  /** Mails that are neither sent nor dropped, the oldest first. */
  unsent(limit: number): Promise<readonly OutboxMail[]>;
}
