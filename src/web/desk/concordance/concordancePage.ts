import { baselineLanguage, type WorkingEdition } from '../../../domain/edition/workingText.ts';
import { type HitRun, hitsIn, longestQuery, patternOf, stands } from '../../../domain/memory/concordance.ts';
import type { MemoryEntry } from '../../../domain/memory/memoryIndex.ts';
import type { Instant } from '../../../domain/time.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';
import { ageOf } from '../memory/ageOf.ts';
import { lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { type CutText, cutRuns } from '../workbench/textRuns.ts';

/** A text in which the words stand, in its source or in itself. */
export type ConcordanceRow = {
  readonly segment: string;
  readonly edition: string | null;
  readonly href: string | null;
  readonly source: readonly (HitRun & CutText)[];
  readonly target: readonly (HitRun & CutText)[] | null;
  readonly about: readonly string[];
};

export type ConcordancePage = {
  readonly q: string;
  readonly whole: boolean;
  readonly asked: boolean;
  readonly count: number;
  readonly rows: readonly ConcordanceRow[];
  readonly page: number;
  readonly pages: number;
  readonly previous: string | null;
  readonly next: string | null;
};

type Found = Pick<MemoryEntry, 'segment' | 'edition' | 'source' | 'target'> & { readonly entry: MemoryEntry | null };

export type ConcordanceAbout = {
  readonly t: Translate;
  readonly language: string;
  readonly now: Instant;
  readonly working: WorkingEdition;
  readonly entries: Iterable<MemoryEntry>;
  readonly query: Readonly<Record<string, string>>;
};

const pageLength = 25;

/** The texts in which the words stand: ours first, then our sisters', then earlier ones; 25 a page. */
export function concordancePage(about: ConcordanceAbout): ConcordancePage {
  const { working, query } = about;
  const { edition } = working;
  const q = (query.q ?? '').trim().slice(0, longestQuery);
  const whole = query.whole === '1';
  const inSource = patternOf({ words: q, whole, language: baselineLanguage });
  const inTarget = patternOf({ words: q, whole, language: edition.language });
  const found = inSource === null || inTarget === null ? [] : find(about, inSource, inTarget);
  const pages = Math.max(1, Math.ceil(found.length / pageLength));
  const page = Math.min(pages, Math.max(1, Number(/^\d{1,6}$/.exec(query.page ?? '')?.[0] ?? 1)));
  const shown = found.slice((page - 1) * pageLength, page * pageLength);
  const hrefOf = (to: number) =>
    to < 1 || to > pages || to === page
      ? null
      : `${paths.concordance.to(edition.tag)}?${new URLSearchParams({ q, ...(whole ? { whole: '1' } : {}), page: String(to) })}`;
  return {
    q,
    whole,
    asked: q !== '',
    count: found.length,
    rows: inSource === null || inTarget === null ? [] : shown.map((each) => rowOf(about, each, inSource, inTarget)),
    page,
    pages,
    previous: hrefOf(page - 1),
    next: hrefOf(page + 1),
  };
}

function find({ working, entries }: ConcordanceAbout, inSource: RegExp, inTarget: RegExp): readonly Found[] {
  const { edition, lessonPackage, units } = working;
  const found: Found[] = [];
  const said = new Set<string>();
  for (const entry of entries) {
    if (!stands(entry.source, inSource) && !stands(entry.target, inTarget)) continue;
    const words = `${entry.edition} ${entry.segment} ${entry.source} ${entry.target}`;
    if (said.has(words)) continue;
    said.add(words);
    found.push({ ...entry, entry });
  }
  for (const { id, text } of Object.values(lessonPackage.segments)) {
    if (units.has(id) || !stands(text, inSource)) continue;
    found.push({ segment: id, edition: edition.tag, source: text, target: '', entry: null });
  }
  const rank = (each: Found) =>
    (each.entry?.place === 'history' ? 2 : 0) +
    (each.edition === edition.tag ? 0 : 1) +
    (each.entry === null ? 0.5 : 0);
  return found.sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.segment < other.segment ? -1 : one.segment > other.segment ? 1 : 0) ||
      (one.edition < other.edition ? -1 : 1),
  );
}

const cutHits = (text: string, pattern: RegExp) => cutRuns(hitsIn(text, pattern), (run) => run.text);

function rowOf(
  { t, language, now, working }: ConcordanceAbout,
  { segment, edition, source, target, entry }: Found,
  inSource: RegExp,
  inTarget: RegExp,
): ConcordanceRow {
  const own = working.edition.tag === edition;
  const [lesson] = own ? lessonsNeeding(working.lessonPackage, segment) : [];
  const reviewed = entry?.state === 'reviewed' || entry?.state === 'final';
  return {
    segment,
    edition: own ? null : edition,
    href: lesson === undefined ? null : unitHref(working.edition.tag, lesson, segment),
    source: cutHits(source, inSource),
    target: entry === null ? null : cutHits(target, inTarget),
    about:
      entry === null
        ? []
        : [
            ageOf(entry.at, now, language),
            t(reviewed ? 'memory:reviewed' : 'memory:unreviewed'),
            ...(entry.place === 'history' ? [t('memory:past')] : []),
          ],
  };
}
