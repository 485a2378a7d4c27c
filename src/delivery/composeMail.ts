import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import type { Person } from '../domain/access/access.ts';
import { directionOf } from '../domain/language.ts';
import type { Notice, OutboxMail } from '../domain/notification/notification.ts';
import { oneLine, subjectOf, type Translate, wordsOf } from './noticeWords.ts';

/** A mail ready to be sent. The same outbox mail gives the same message, whenever and however often it is built. */
export type Message = {
  readonly id: string;
  readonly messageId: string;
  readonly date: Date;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly preferencesUrl: string;
};

export type Sender = { readonly address: string; readonly host: string; readonly baseUrl: string };

const preferencesPath = '/desk/me';
const folder = join(import.meta.dirname, '../../views/mail');
const template = (name: string, options: Parameters<typeof Handlebars.compile>[1]) =>
  Handlebars.compile(readFileSync(join(folder, name), 'utf8'), { strict: true, ...options });

const html = template('notices.html.hbs', {});
const text = template('notices.text.hbs', { noEscape: true });

/** Who it comes from: the account at the mail server when that is an address, else a name at the product's own host. */
export function senderOf(baseUrl: string, smtpUrl: string | null): Sender {
  const { hostname } = new URL(baseUrl);
  const host = /^[\d.]+$|:/.test(hostname) ? 'localhost' : hostname;
  const account = smtpUrl === null ? '' : decodeURIComponent(new URL(smtpUrl).username);
  return { address: isAddress(account) ? account : `headwater@${host}`, host, baseUrl: baseUrl.replace(/\/+$/, '') };
}

/** Throws when the person's address could not stand in a header. */
export function composeMail(
  mail: OutboxMail,
  person: Person,
  notices: readonly Notice[],
  sender: Sender,
  translate: Translate,
): Message {
  if (!isAddress(person.email)) throw new Error('The address is not one that mail can be sent to.');
  const { language } = person;
  const name = oneLine(person.name);
  const preferencesUrl = sender.baseUrl + preferencesPath;
  const subject = oneLine(subjectOf(translate, language, notices));
  const view = {
    language,
    direction: directionOf(language),
    subject,
    greeting: translate(language, 'mail:greeting', { name }),
    groups: notices.map((notice) => ({
      ...wordsOf(translate, language, notice),
      url: sender.baseUrl + (/^\/(?!\/)/.test(notice.path) ? notice.path : '/desk/inbox'),
    })),
    why: translate(language, 'mail:why', {}),
    preferences: translate(language, 'mail:preferences', {}),
    preferencesUrl,
  };
  return {
    id: mail.id,
    messageId: `<${mail.id}@${sender.host}>`,
    date: new Date(mail.createdAt),
    from: { name: 'Headwater', address: sender.address },
    to: { name, address: person.email.trim() },
    subject,
    text: text(view),
    html: html(view),
    preferencesUrl,
  };
}

/** One address and nothing else: no list, no name, no line end. */
function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"(),;:\\\p{Cc}]+@[^\s@<>"(),;:\\\p{Cc}]+$/u.test(text.trim());
}
