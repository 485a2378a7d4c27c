import { type GetTextTranslation, po } from 'gettext-parser';
import {
  claimOf,
  type ExchangeFile,
  type ExchangeUnit,
  exchangeLimits,
  type FileStamp,
  type ReadFile,
  type ReadUnit,
} from '../../domain/exchange/exchangeFile.ts';
import { textHash } from '../../domain/release/canonical.ts';
import { demandUtf8 } from './decodeText.ts';
import { Refused } from './refusal.ts';
import { poStampLine, readFileStamp, readUnitStamp, writeFileStamp, writeUnitStamp } from './stamps.ts';

const stampHeader = 'X-Headwater';
const noteLine = 'Note: ';

/** GNU gettext PO: the context is the segment, stale is fuzzy, with the source before as the previous message. */
export function writePo(file: ExchangeFile): Uint8Array {
  const translations: Record<string, Record<string, GetTextTranslation>> = Object.create(null);
  for (const unit of file.units) {
    translations[unit.segment] = { [unit.source]: entryOf(unit) };
  }
  const headers = {
    'Project-Id-Version': `Headwater ${file.release}`,
    'POT-Creation-Date': momentOf(file.exportedAt),
    'PO-Revision-Date': momentOf(file.exportedAt),
    'Last-Translator': 'none',
    'Language-Team': 'none',
    Language: file.edition.replace(/^([a-z]+)-([A-Z]{2})$/, '$1_$2'),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Transfer-Encoding': '8bit',
    [stampHeader]: writeFileStamp(file),
  };
  return po.compile({ charset: 'utf-8', headers, translations }, { foldLength: 78 });
}

/** `2026-11-24 08:30+0000`, as gettext writes it. */
const momentOf = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16) || '00:00'}+0000`;

function entryOf({ segment, source, target, note, oldSource, stamp }: ExchangeUnit): GetTextTranslation {
  const place = [stamp.lessons.join(', '), stamp.section, stamp.kind, stamp.policy].filter((word) => word !== '');
  const extracted = [
    place.join(' · '),
    ...(note === null ? [] : note.split('\n').map((line) => `${noteLine}${line}`)),
    `${poStampLine}${writeUnitStamp(stamp)}`,
  ];
  const fuzzy = target !== '' && (stamp.stale !== null || stamp.state === 'initial');
  return {
    msgctxt: segment,
    msgid: source,
    msgstr: [target],
    comments: {
      // Converters drop the context and keep the reference.
      reference: segment,
      extracted: extracted.join('\n'),
      ...(fuzzy ? { flag: 'fuzzy' } : {}),
      ...(oldSource === null ? {} : { previous: `msgid "${escaped(oldSource)}"` }),
    },
  };
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escaped = (text: string): string => text.replace(/[\\"\n\r\t]/g, (mark) => escapes[mark] ?? mark);
const plain: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The previous message of `#|` lines, however a tool has folded them. */
function previousOf(comment: string | undefined): string | null {
  const from = comment?.search(/^msgid\s/m) ?? -1;
  if (comment === undefined || from < 0) return null;
  return Array.from(comment.slice(from).matchAll(/"((?:[^"\\]|\\.)*)"/gs), (match) =>
    (match[1] ?? '').replace(/\\(.)/gs, (_, mark: string) => plain[mark] ?? mark),
  ).join('');
}

/** PO as other tools leave it: folded anew, with a header of their own, with entries taken out. Throws `Refused`. */
export function readPo(text: string): ReadFile {
  let read: ReturnType<typeof po.parse>;
  try {
    read = po.parse(text.replace(/\r\n/g, '\n'), { validation: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const line = 'lineNumber' in error && typeof error.lineNumber === 'number' ? error.lineNumber : null;
    throw new Refused('malformed', line, error.message.split(/[:.]/)[0] ?? '');
  }
  const headers = new Map(Object.entries(read.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  demandUtf8(/charset\s*=\s*([^\s;]+)/i.exec(headers.get('content-type') ?? '')?.[1], 1);
  const stamp = originOf(headers);
  const entries = Object.values(read.translations).flatMap((byId) => Object.values(byId));
  const units = entries.filter((entry) => segmentOf(entry) !== '').map(readEntry);
  if (units.length > exchangeLimits.units) throw new Refused('tooMany');
  return { ...stamp, format: 'po', units };
}

function originOf(headers: ReadonlyMap<string, string>): FileStamp {
  const stamp = readFileStamp(headers.get(stampHeader.toLowerCase()) ?? '');
  if (stamp === null) throw new Refused('originMissing');
  const language = headers.get('language')?.split(/[-_@]/)[0]?.toLowerCase();
  return { ...stamp, language: language === undefined || language === '' ? stamp.language : language };
}

/** The context, or the one reference of an entry that lost it. The header has neither. */
function segmentOf({ msgctxt = '', msgid, comments }: GetTextTranslation): string {
  const references = (comments?.reference ?? '').split(/\s+/).filter((word) => word !== '');
  if (msgctxt !== '' || msgid === '') return msgctxt;
  return references.length === 1 ? (references[0] ?? '') : '?';
}

function readEntry(entry: GetTextTranslation): ReadUnit {
  const { msgid, msgstr, comments = {} } = entry;
  const lines = (comments.extracted ?? '').split('\n');
  const own = lines.find((line) => line.startsWith(poStampLine));
  const stamp = own === undefined ? null : readUnitStamp(own.slice(poStampLine.length));
  const notes = lines.filter((line) => line.startsWith(noteLine) || line === noteLine.trim());
  const target = msgstr[0] ?? '';
  const fuzzy = (comments.flag ?? '').split(/[,\s]+/).includes('fuzzy');
  return {
    segment: segmentOf(entry),
    source: msgid,
    target,
    note: notes.length === 0 ? null : notes.map((line) => line.slice(noteLine.length)).join('\n'),
    oldSource: previousOf(comments.previous),
    stamp,
    claim: claimIn(fuzzy, target, stamp),
  };
}

/** Fuzzy is what every tool takes away with the first stroke of a person: a changed text that has it is a guess. */
function claimIn(fuzzy: boolean, target: string, stamp: ReadUnit['stamp']): ReadUnit['claim'] {
  if (target === '') return 'untouched';
  if (fuzzy && (stamp === null || textHash(target) !== stamp.targetHash)) return 'unfinished';
  return claimOf(stamp, !fuzzy);
}
