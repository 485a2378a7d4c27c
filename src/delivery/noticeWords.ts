import type { InterfaceLanguage } from '../domain/access/access.ts';
import type { Notice } from '../domain/notification/notification.ts';

export type WordValues = Readonly<Record<string, string | number | readonly string[]>>;
/** The text of a key such as `mail:greeting`, with its values filled in. */
export type Translate = (language: InterfaceLanguage, key: string, values: WordValues) => string;

/** A notice in words: what a mail says of it. */
export type NoticeWords = { readonly headline: string; readonly lines: readonly string[]; readonly action: string };
type Say = (key: string, values: WordValues) => string;

const sayIn =
  (translate: Translate, language: InterfaceLanguage): Say =>
  (key, values) =>
    translate(language, `mail:${key}`, values);

/** The subject of a mail about one or several notices. */
export function subjectOf(translate: Translate, language: InterfaceLanguage, notices: readonly Notice[]): string {
  const say = sayIn(translate, language);
  const [first] = notices;
  if (first === undefined) return '';
  const editions = notices.flatMap((notice) => notice.edition ?? []);
  const together = notices.every((notice) => notice.kind === 'releaseMade' && notice.counts !== null);
  const stale = notices.reduce((sum, notice) => sum + (notice.counts?.stale ?? 0), 0);
  const subject = together
    ? say('subject.release', { release: first.release ?? '', count: stale, edition: editions })
    : notices.length === 1
      ? headlineOf(say, first, valuesOf(say, language, first))
      : say('subject.several', { count: notices.length });
  return first.severity === 'safety' && first.kind === 'releaseMade' ? say('subject.safety', { subject }) : subject;
}

export function wordsOf(translate: Translate, language: InterfaceLanguage, notice: Notice): NoticeWords {
  const say = sayIn(translate, language);
  const values = valuesOf(say, language, notice);
  const planned = notice.kind === 'releaseMade' && notice.counts !== null;
  return {
    headline: headlineOf(say, notice, values),
    lines: planned ? countLines(say, notice, values) : otherLines(say, notice, values),
    action: say(`action.${planned ? 'release' : notice.kind}`, values),
  };
}

function headlineOf(say: Say, notice: Notice, values: WordValues): string {
  if (notice.kind !== 'releaseMade' || notice.counts === null) return say(`subject.${notice.kind}`, values);
  return say('subject.release', {
    release: notice.release ?? '',
    count: notice.counts.stale,
    edition: notice.edition ?? '',
  });
}

function valuesOf(say: Say, language: InterfaceLanguage, notice: Notice): WordValues {
  const values: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(notice.data)) {
    if (value !== null) values[key] = typeof value === 'string' ? oneLine(value) : value;
  }
  if (notice.edition !== null) values.edition = notice.edition;
  if (typeof values.due === 'string') values.due = dayIn(language, values.due);
  if (notice.kind === 'recallOrdered' || notice.kind === 'recallLifted') {
    const target = values.target === 'lesson' ? 'lesson' : 'segment';
    values.what = say(`targets.${target}`, { what: values.what ?? '' });
  }
  if (typeof values.role === 'string') values.role = say(`assignmentRoles.${values.role}`, {});
  return values;
}

const shown = ['safety', 'conflicts', 'added', 'removed', 'factsNeeded', 'carry'] as const;

/** What a release means for one edition: only what there is. */
function countLines(say: Say, { counts, severity }: Notice, values: WordValues): readonly string[] {
  if (counts === null) return [];
  const lines: string[] = [];
  if (severity === 'safety' && counts.safety > 0 && values.due !== undefined) lines.push(say('line.due', values));
  if (counts.stale > 0) lines.push(say('line.stale', { stale: counts.stale, words: counts.staleWords }));
  for (const field of shown) {
    if (counts[field] > 0) lines.push(say(`line.${field}`, { [field]: counts[field] }));
  }
  const toDo = counts.stale + counts.conflicts + counts.added + counts.removed + counts.factsNeeded;
  if (toDo === 0) lines.unshift(say('line.nothing', {}));
  return lines;
}

function otherLines(say: Say, { kind }: Notice, values: WordValues): readonly string[] {
  const by = values.by === undefined ? [] : [say('line.by', values)];
  switch (kind) {
    case 'releaseMade':
      return [say('line.affected', values), say('line.staleAll', values), ...by];
    case 'editionPublished':
      return [say('line.lessons', values), ...by];
    case 'helplineReported':
      return [say(`fault.${values.fault}`, values), say('line.helplineReported', values)];
    case 'filesFailed':
    case 'publicationFailed':
    case 'factProposed':
    case 'factSuspended':
    case 'changeSetSubmitted':
    case 'recallOrdered':
      return [...by, say(`line.${kind}`, values)];
    case 'changeSetApproved':
    case 'recallLifted':
    case 'commentWritten':
      return by;
    case 'reviewWaits':
      return [];
    case 'lessonAssigned':
      return [...(values.due === undefined ? [] : [say('line.doneBy', values)]), ...by];
    case 'assignmentDropped':
      return by;
    case 'sendBackMade':
      return [say('line.sendBackMade', values), ...by];
    case 'sendBackAnswered':
      return [say('line.sendBackAnswered', values), ...by];
    case 'sendBackReleased':
      return [say('line.sendBackReleased', values)];
    case 'textSentBack':
      return [say('line.sentBack', values), ...by];
  }
}

function dayIn(language: InterfaceLanguage, day: string): string {
  const tag = { ar: 'ar-u-nu-arab', en: 'en-GB', tr: 'tr' }[language];
  return new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** No line end or other control character: what people typed goes into headers, too. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
