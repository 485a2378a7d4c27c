// A real SMTP server on the loopback address that keeps what it is given.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type ParsedMail, parseMail } from './mailText.ts';

export interface ReceivedMail extends ParsedMail {
  /** The envelope: where the mail really goes, whatever its headers say. */
  readonly envelopeFrom: string;
  readonly envelopeTo: readonly string[];
  readonly raw: string;
}

export interface Mailbox {
  readonly url: string;
  mails(): readonly ReceivedMail[];
  /** Resolves as soon as `count` mails are here; rejects after `ms`. */
  waitFor(count: number, ms?: number): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

/** On a free port, or on the one that a program already knows. */
export async function startMailbox(at = 0): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      const raw = Buffer.concat(chunks).toString('latin1'); // one character a byte: parts differ in charset
      const { mailFrom, rcptTo } = session.envelope;
      mails.push({
        ...parseMail(raw),
        raw,
        envelopeFrom: mailFrom ? mailFrom.address : '',
        envelopeTo: rcptTo.map(({ address }) => address),
      });
      for (const look of waiting) look();
      done();
    },
  });
  server.on('error', () => {}); // a client that hangs up is no fault of the test
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: () => [...mails],
    waitFor: (count, ms = 20_000) =>
      new Promise((resolve, reject) => {
        const finish = (settle: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          settle();
        };
        const look = () => {
          if (mails.length >= count) finish(() => resolve([...mails]));
        };
        const timer = setTimeout(
          () => finish(() => reject(new Error(`${mails.length} of ${count} mails came within ${ms} ms`))),
          ms,
        );
        waiting.add(look);
        look();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
