/** What a person reads of a mail file: who to, when, what about, and its plain text. */
export type MailText = { readonly to: string; readonly date: string; readonly subject: string; readonly text: string };

type Part = { readonly headers: ReadonlyMap<string, string>; readonly body: string };

function split(source: string): Part {
  const text = source.replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : text.slice(end + 2) };
}

function unquote(text: string): string {
  const bytes: number[] = [];
  const joined = text.replace(/=\n/g, '');
  for (let at = 0; at < joined.length; at += 1) {
    const code = /^=([0-9A-Fa-f]{2})/.exec(joined.slice(at, at + 3))?.[1];
    if (code === undefined) bytes.push(...Buffer.from(joined[at] ?? ''));
    else {
      bytes.push(Number.parseInt(code, 16));
      at += 2;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

/** Words like `=?UTF-8?Q?T=C3=BCrkiye?=` of a header. */
function decodeHeader(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : unquote(text.replaceAll('_', ' ')),
    );
}

function plainText({ headers, body }: Part, depth = 0): string {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined && depth < 4) {
    const parts = body
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((each) => split(each.replace(/^\n/, '')));
    const texts = parts.map((each) => plainText(each, depth + 1));
    return texts.find((text) => text !== '') ?? '';
  }
  if (!/^text\/plain/i.test(type)) return '';
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? unquote(body) : body;
}

export function readMail(source: string): MailText {
  const mail = split(source);
  const header = (name: string) => decodeHeader(mail.headers.get(name) ?? '');
  return { to: header('to'), date: header('date'), subject: header('subject'), text: plainText(mail).trim() };
}
