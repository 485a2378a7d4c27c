import { zlibSync } from 'fflate';

/** Objects that are compressed together: enough to be small, few enough for a weak phone to unpack at once. */
const together = 200;

type PdfObject = { readonly number: number; readonly body: Uint8Array };

const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** What stands behind `startxref`, `xref` and `trailer`: the places of all objects in use, and the trailer's entries. */
function readTable(pdf: Buffer): { readonly places: ReadonlyMap<number, number>; readonly trailer: string } {
  const table = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(ascii(pdf.subarray(-60)))?.[1]);
  const text = ascii(pdf.subarray(table));
  const [head = '', first, count] = /^xref\s+(\d+) (\d+)\s/.exec(text) ?? [];
  const trailer = /trailer\s*<<([\s\S]*)>>\s*startxref/.exec(text)?.[1];
  if (first !== '0' || trailer === undefined) throw new Error('a PDF without the usual table');
  const places = new Map<number, number>();
  for (let number = 0; number < Number(count); number++) {
    const row = text.slice(head.length + number * 20, head.length + number * 20 + 18);
    const [, place, generation, use] = /^(\d{10}) (\d{5}) ([nf])/.exec(row) ?? [];
    if (use === 'n' && generation === '00000') places.set(number, Number(place));
    else if (use !== 'f') throw new Error('a PDF with an unusual table');
  }
  return { places, trailer: trailer.trim() };
}

const streamEnd = /endstream\s*endobj\s*$/;
/** The root of the pages: what counts them need not unpack anything. */
const pagesRoot = /^<<\s*\/Type \/Pages\s/;

/** Each object with its words, and whether it stays by itself: streams have to, and the number of pages is read often. */
function readObjects(pdf: Buffer, places: ReadonlyMap<number, number>) {
  const table = pdf.lastIndexOf('xref', pdf.lastIndexOf('startxref') - 1);
  const inOrder = [...places].sort(([, one], [, other]) => one - other);
  const ends = inOrder.slice(1).map(([, place]) => place);
  return inOrder.map(([number, place], at) => {
    const whole = pdf.subarray(place, ends[at] ?? table);
    const head = /^\d+ 0 obj\s*/.exec(ascii(whole.subarray(0, 30)))?.[0] ?? '';
    if (Number.parseInt(head, 10) !== number) throw new Error(`object ${number} is not in its place`);
    const body = whole.subarray(head.length, whole.lastIndexOf('endobj'));
    const alone = streamEnd.test(ascii(whole.subarray(-30))) || pagesRoot.test(ascii(body.subarray(0, 30)));
    return { number, alone, whole, body };
  });
}

function gathered(objects: readonly PdfObject[]): Buffer {
  let at = 0;
  const heads: string[] = [];
  for (const { number, body } of objects) {
    heads.push(`${number} ${at}`);
    at += body.length + 1;
  }
  const head = Buffer.from(`${heads.join(' ')}\n`);
  const bodies = objects.flatMap(({ body }) => [body, Buffer.from('\n')]);
  const packed = zlibSync(Buffer.concat([head, ...bodies]), { level: 9 });
  const words = `/Type /ObjStm /N ${objects.length} /First ${head.length}`;
  return stream(words, packed);
}

const stream = (words: string, packed: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${words} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);

/** One row of the table of places: what kind, where, and which of those gathered there. */
type Row = readonly [kind: 0 | 1 | 2, place: number, index: number];

const rowLength = 6;

/** Each row as the difference to the one above, which compresses well (PNG's filter "up"). */
function packedRows(rows: readonly Row[]): Uint8Array {
  const bytes = Buffer.alloc(rows.length * (rowLength + 1));
  const last = Buffer.alloc(rowLength);
  for (const [at, [kind, place, index]] of rows.entries()) {
    const row = Buffer.alloc(rowLength);
    row.writeUInt8(kind, 0);
    row.writeUIntBE(place, 1, 4);
    row.writeUInt8(index, 5);
    const start = at * (rowLength + 1);
    bytes[start] = 2;
    for (const [byte, value] of row.entries()) bytes[start + 1 + byte] = (value - (last[byte] ?? 0)) & 0xff;
    row.copy(last);
  }
  return zlibSync(bytes, { level: 9 });
}

/**
 * The same document with its small objects in compressed groups (PDF 1.5 and later). Typst writes each one by itself as
 * plain text, and a tagged document has a thousand: half of the file. Content, fonts and metadata stay as they are. The
 * same bytes give the same bytes. Throws where the file is not written as Typst writes.
 */
export function gatherObjects(given: Uint8Array): Buffer {
  const pdf = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const { places, trailer } = readTable(pdf);
  const objects = readObjects(pdf, places);
  const rows = new Map<number, Row>([[0, [0, 0, 255]]]);
  const parts: Buffer[] = [];
  let length = 0;
  const put = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  const firstPlace = Math.min(...places.values());
  put(pdf.subarray(0, firstPlace));
  for (const { number, alone, whole } of objects) {
    if (!alone) continue;
    rows.set(number, [1, length, 0]);
    put(whole);
  }
  const small = objects.filter(({ alone }) => !alone);
  let next = Math.max(0, ...places.keys()) + 1;
  for (let from = 0; from < small.length; from += together) {
    const group = small.slice(from, from + together);
    for (const [index, { number }] of group.entries()) rows.set(number, [2, next, index]);
    rows.set(next, [1, length, 0]);
    put(Buffer.concat([Buffer.from(`${next} 0 obj\n`), gathered(group), Buffer.from('\nendobj\n\n')]));
    next += 1;
  }
  const start = length;
  rows.set(next, [1, start, 0]);
  const table = Array.from({ length: next + 1 }, (_, number) => rows.get(number) ?? ([0, 0, 0] as const));
  const words =
    `/Type /XRef ${trailer.replace(/\/Size \d+/, `/Size ${next + 1}`).replace(/\s+/g, ' ')} ` +
    `/W [1 4 1] /DecodeParms << /Predictor 12 /Columns ${rowLength} >>`;
  put(Buffer.concat([Buffer.from(`${next} 0 obj\n`), stream(words, packedRows(table)), Buffer.from('\nendobj\n\n')]));
  put(Buffer.from(`startxref\n${start}\n%%EOF`));
  return Buffer.concat(parts);
}
