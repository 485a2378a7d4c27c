import { unitStates } from '../../domain/edition/edition.ts';
import type { ExchangeScope, FileStamp, UnitStamp } from '../../domain/exchange/exchangeFile.ts';
import { policies, segmentKinds } from '../../domain/package/lessonPackage.ts';

/**
 * Stamps are one line of `key=value` words, the same in every format: tools carry a line of text along where they would
 * drop what has a structure of its own.
 */
export function writeFileStamp(stamp: FileStamp): string {
  const { edition, language, release, ahead, exportedAt, scope } = stamp;
  return words({
    edition,
    language,
    release,
    ...(ahead.length === 0 ? {} : { ahead: list(ahead) }),
    exported: exportedAt,
    scope: scope.kind === 'lesson' ? `lesson:${encodeURIComponent(scope.lesson)}` : scope.kind,
  });
}

/** How the line of a unit begins among the comments of a PO entry. */
export const poStampLine = 'headwater ';

/** Null when it is none of ours. */
export function readFileStamp(line: string): FileStamp | null {
  const found = fields(line);
  const { edition, language, release = '', exported = '', scope = 'edition' } = found;
  if (edition === undefined || language === undefined) return null;
  return { edition, language, release, ahead: unlist(found.ahead), exportedAt: exported, scope: scopeOf(scope) };
}

function scopeOf(text: string): ExchangeScope {
  if (text.startsWith('lesson:')) return { kind: 'lesson', lesson: decode(text.slice('lesson:'.length)) };
  return text === 'stale' ? { kind: 'stale' } : { kind: 'edition' };
}

export function writeUnitStamp(stamp: UnitStamp): string {
  const { lessons, section, kind, policy, state, stale, revision, sourceHash, targetHash, basedOn } = stamp;
  return words({
    ...(lessons.length === 0 ? {} : { lessons: list(lessons) }),
    ...(section === '' ? {} : { section }),
    kind,
    policy,
    state,
    ...(stale === null ? {} : { stale }),
    revision: String(revision),
    source: sourceHash,
    target: targetHash,
    ...(basedOn === null ? {} : { based: basedOn === sourceHash ? 'source' : basedOn }),
  });
}

/** Null when it is none of ours, or damaged: then the unit has no base. */
export function readUnitStamp(line: string): UnitStamp | null {
  const found = fields(line);
  const kind = segmentKinds.find((each) => each === found.kind);
  const policy = policies.find((each) => each === found.policy);
  const state = unitStates.find((each) => each === found.state);
  const stale = (['content', 'safety'] as const).find((each) => each === found.stale) ?? null;
  const { source, target, based, revision = '' } = found;
  if (kind === undefined || policy === undefined || state === undefined || !/^\d{1,9}$/.test(revision)) return null;
  if (!isHash(source) || !isHash(target)) return null;
  const basedOn = based === undefined ? null : based === 'source' ? source : based;
  if (basedOn !== null && !isHash(basedOn)) return null;
  return {
    lessons: unlist(found.lessons),
    section: found.section ?? '',
    kind,
    policy,
    state,
    stale,
    revision: Number(revision),
    sourceHash: source,
    targetHash: target,
    basedOn,
  };
}

const isHash = (text: string | undefined): text is string => text !== undefined && /^[0-9a-f]{64}$/.test(text);

const words = (map: Readonly<Record<string, string>>): string =>
  Object.entries(map)
    .map(([key, value]) => `${key}=${encodedApart.has(key) ? value : encodeURI(value)}`)
    .join(' ');

/** Lists and names in them are encoded one by one. */
const encodedApart: ReadonlySet<string> = new Set(['ahead', 'lessons', 'scope']);

const list = (values: readonly string[]): string => values.map(encodeURIComponent).join(',');
const unlist = (text: string | undefined): readonly string[] =>
  text === undefined || text === '' ? [] : text.split(',').map((word) => decode(word));

function fields(line: string): Readonly<Partial<Record<string, string>>> {
  const map: Record<string, string> = Object.create(null);
  for (const word of line.trim().split(/\s+/)) {
    const at = word.indexOf('=');
    if (at < 1) continue;
    const key = word.slice(0, at);
    const value = word.slice(at + 1);
    map[key] = encodedApart.has(key) ? value : decode(value, decodeURI);
  }
  return map;
}

function decode(text: string, by: (text: string) => string = decodeURIComponent): string {
  try {
    return by(text);
  } catch {
    return text;
  }
}
