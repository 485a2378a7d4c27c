// Reads a mail well enough for tests: headers (RFC 2047), base64 and quoted-printable bodies, multipart.

export interface ParsedMail {
  /** Names in lower case, values decoded; a repeated header keeps its last value. */
  readonly headers: ReadonlyMap<string, string>;
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly html: string;
}

interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** `raw` holds one character a byte (latin1). */
export function parseMail(raw: string): ParsedMail {
  const mail = splitPart(raw);
  const leaves = leafParts(mail);
  const header = (name: string) => mail.headers.get(name) ?? '';
  const first = (type: string) => {
    const part = leaves.find(({ headers }) => (headers.get('content-type') ?? 'text/plain').startsWith(type));
    return part ? decodeBody(part) : '';
  };
  return {
    headers: mail.headers,
    subject: header('subject'),
    from: header('from'),
    to: header('to'),
    text: first('text/plain'),
    html: first('text/html'),
  };
}

function splitPart(raw: string): Part {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of unfolded.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim()));
  }
  return { headers, body: rest.join('\r\n\r\n') };
}

function leafParts(part: Part): Part[] {
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(part.headers.get('content-type') ?? '')?.[1];
  if (!boundary) return [part];
  const pieces = `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1, -1); // before: preamble; after: "--" and epilogue
  return pieces.flatMap((piece) => leafParts(splitPart(piece.replace(/^[ \t]*\r\n/, ''))));
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? quotedPrintable(body.replace(/=\r\n/g, ''))
        : Buffer.from(body, 'latin1');
  const charset = /charset="?([^";\s]+)/i.exec(headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
  return new TextDecoder(charset).decode(bytes).replaceAll('\r\n', '\n').trimEnd();
}

/** Space between two encoded words is not part of the text. */
function decodeWords(value: string): string {
  const joined = value.replace(/(=\?[^?]+\?[bq]\?[^?]*\?=)\s+(?==\?)/gi, '$1');
  const decoded = joined.replace(/=\?([^?*]+)[^?]*\?([bq])\?([^?]*)\?=/gi, (_, charset, kind, text) => {
    const bytes = kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedPrintable(text.replaceAll('_', ' '));
    return new TextDecoder(charset).decode(bytes);
  });
  // A header may also hold UTF-8 as it is (RFC 6532); one character a byte so far.
  return joined === decoded ? Buffer.from(value, 'latin1').toString('utf8') : decoded;
}

function quotedPrintable(text: string): Buffer {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}
