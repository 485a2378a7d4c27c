import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Message } from './composeMail.ts';

/** Hands messages over, one at a time. */
export type Post = { send(message: Message): Promise<void>; close(): void };

/** What both ways have in common: the same bytes for the same message. */
const asMail = (message: Message) => ({
  messageId: message.messageId,
  date: message.date,
  from: message.from,
  to: message.to,
  subject: message.subject,
  text: message.text,
  html: message.html,
  list: { unsubscribe: message.preferencesUrl },
  headers: { 'Auto-Submitted': 'auto-generated' },
  baseBoundary: message.id,
  textEncoding: 'base64' as const,
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** Over SMTP. No wait is longer than half a minute: the next mail has to have its turn. */
export function smtpPost(smtpUrl: string): Post {
  const wait = 30_000;
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 1,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: wait,
  });
  return {
    async send(message) {
      await transport.sendMail(asMail(message));
    },
    close: () => transport.close(),
  };
}

/** Into a folder, as `<id>.eml`; a second time it is the same file. */
export function folderPost(folder: string): Post {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(message) {
      if (!/^[\w-]{1,100}$/.test(message.id)) throw new Error('The mail has an id that no file can have.');
      const { message: bytes } = await transport.sendMail(asMail(message));
      if (!Buffer.isBuffer(bytes)) throw new Error('The message was not built.');
      const draft = join(folder, `.${message.id}.${process.pid}.tmp`);
      try {
        await writeThrough(draft, bytes);
        await rename(draft, join(folder, `${message.id}.eml`));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    close: () => transport.close(),
  };
}

async function writeThrough(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether there was nobody to talk to: then the other mails need not knock, too. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'command' in error && error.command === 'CONN';
}
