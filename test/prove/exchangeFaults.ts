import type { ExchangeFormat } from '../../src/domain/exchange/exchangeFile.ts';

/** What attackers and broken tools put into files. */
const tokens = [
  '<!DOCTYPE x [<!ENTITY a "aaaa">]>',
  '&a;',
  '&#0;',
  '&#xD800;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?xml version="1.1"?>',
  '<a xmlns="u">',
  '</target>',
  '<target>',
  '</unit>',
  '"',
  "'",
  '\\',
  '\n',
  '\r',
  '\u0000',
  '\ufffe',
  '\u202e',
  'msgid "',
  'msgstr ""\n',
  '#~ ',
  '#, fuzzy\n',
  ',',
  ';',
  '""',
  '=1+1',
  'edition=en-GB',
  'target=',
  'revision=99999999999',
  'based=zzz',
  '__proto__',
  '{emergency.number}',
  '{helpline.child}',
];

export type Fault = { readonly name: string; readonly bytes: Uint8Array };

/** One thing done to a good file, drawn by chance: bits, bytes, pieces, tokens. */
export function mutate(good: Uint8Array, random: () => number): Fault {
  const at = (length: number) => Math.floor(random() * length);
  const bytes = Buffer.from(good);
  const from = at(bytes.length);
  const length = 1 + at(random() < 0.5 ? 12 : 4000);
  const token = Buffer.from(tokens[at(tokens.length)] ?? '');
  const splice = (start: number, end: number, piece: Uint8Array) =>
    Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(end)]);
  switch (at(8)) {
    case 0:
      for (let n = 0; n < 1 + at(40); n++) bytes[at(bytes.length)] = at(256);
      return { name: 'bytes', bytes };
    case 1:
      return { name: 'cut', bytes: bytes.subarray(0, from) };
    case 2:
      return { name: 'gone', bytes: splice(from, from + length, Buffer.alloc(0)) };
    case 3:
      return { name: 'twice', bytes: splice(from, from, bytes.subarray(from, from + length)) };
    case 4:
      return { name: 'token', bytes: splice(from, from, token) };
    case 5: {
      const other = at(bytes.length);
      return { name: 'moved', bytes: splice(from, from + length, bytes.subarray(other, other + length)) };
    }
    case 6:
      return {
        name: 'tokens',
        bytes: Buffer.from(
          bytes
            .toString('utf8')
            .replaceAll(['"', '<', '\n', '=', ','][at(5)] ?? '"', () => (random() < 0.02 ? token.toString() : '"')),
        ),
      };
    default:
      return {
        name: 'other encoding',
        bytes:
          random() < 0.5
            ? Buffer.from(bytes.toString('utf8'), 'utf16le')
            : Buffer.from(bytes.toString('utf8'), 'latin1'),
      };
  }
}

/** Files made by hand, each with one intent. */
export function handmade(good: Readonly<Record<ExchangeFormat, string>>): readonly Fault[] {
  const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  const doctypes = [
    `<!DOCTYPE xliff [<!ENTITY l0 "lol">${laughs}]>`,
    '<!DOCTYPE xliff [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE xliff [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    '<!DOCTYPE xliff PUBLIC "-//X//Y" "x.dtd" [<!ATTLIST unit name CDATA "CPS-01">]>',
  ];
  const texts: (readonly [string, string])[] = [];
  for (const format of ['xliff2', 'xliff1'] as const) {
    const text = good[format];
    for (const doctype of doctypes) texts.push([`${format} doctype`, text.replace('?>', `?>${doctype}`)]);
    texts.push(
      [`${format} UTF-7`, text.replace('UTF-8', 'UTF-7')],
      [
        `${format} XML 1.1 with a control`,
        text.replace('version="1.0"', 'version="1.1"').replace('<source', '&#1;<source'),
      ],
      [`${format} deep`, text.replace(/<(unit|trans-unit) /, `${'<group id="g">'.repeat(20_000)}<$1 `)],
      [`${format} huge attribute`, text.replace(/(resname|name)="/, `$1="${'x'.repeat(2_000_000)}`)],
      [
        `${format} many attributes`,
        text.replace(/<(unit|trans-unit) /, `<$1 ${Array.from({ length: 5000 }, (_, n) => `a${n}=""`).join(' ')} `),
      ],
      [`${format} wrong namespace`, text.replace(/document:(2\.0|1\.2)/g, 'document:0.0')],
      [`${format} no namespace`, text.replace(/ xmlns="[^"]*"/, '')],
      [`${format} many elements`, text.replace('</file>', `${'<x/>'.repeat(800_000)}</file>`)],
      [`${format} another edition`, text.replaceAll(/(tr-TR|ar-EG)/g, 'en-GB')],
      [`${format} no units`, text.replace(/<(unit|trans-unit) [\s\S]*<\/\1>/, '')],
    );
  }
  texts.push(
    ['po another charset', good.po.replace('charset=utf-8', 'charset=ISO-8859-9')],
    ['po without origin', good.po.replace(/"X-Headwater: [\s\S]*?\n\n/, '\n')],
    ['po plural', good.po.replace(/msgid "/, 'msgid_plural "x"\nmsgid "')],
    ['po twice', `${good.po}\n${good.po}`],
    ['csv formula', good.csv.replaceAll(/,"/g, ',"=cmd|')],
    ['csv without columns', good.csv.replace('segment', 'name')],
    ['csv one long row', `segment,source,target,file\n"${'x'.repeat(3_000_000)}`],
    ['csv another edition in one row', good.csv.replace(/edition=\S+/, 'edition=en-GB')],
    ['nothing', ''],
    ['a picture', 'GIF89a\u0000\u0001'],
    ['a page', '<!doctype html><html><body onload="alert(1)"></body></html>'],
    ['JSON', '{"edition":"tr-TR"}'],
  );
  const zeros = new Uint8Array(6 * 1024 * 1024);
  return [
    ...texts.map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) })),
    { name: 'too large', bytes: zeros },
    { name: 'zeros', bytes: zeros.subarray(0, 4096) },
  ];
}
