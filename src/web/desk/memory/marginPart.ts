import { can } from '../../../domain/access/can.ts';
import { baselineLanguage, type WorkingEdition } from '../../../domain/edition/workingText.ts';
import type { MemoryEntry, MemoryMatch } from '../../../domain/memory/memoryIndex.ts';
import type { Term } from '../../../domain/memory/term.ts';
import { termsIn, termUse } from '../../../domain/memory/terms.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import { numberingTag } from '../../i18n.ts';
import { paths } from '../../paths.ts';
import { type LessonTitle, lessonTitle } from '../today/lessonTitle.ts';
import { lessonsNeeding } from '../today/loadDesk.ts';
import { unitHref } from '../workbench/hrefs.ts';
import type { MarginAbout } from '../workbench/marginParts.ts';
import { markedRuns, type TextRun } from '../workbench/textRuns.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { ageOf } from './ageOf.ts';
import { matchesFor } from './matches.ts';

type MatchView = {
  readonly key: number;
  readonly percent: string;
  readonly target: string;
  /** Tells a text that was taken and left as it was. */
  readonly hash: string;
  /** How the source differs from the one that the match was made from; empty for the same. */
  readonly differs: readonly TextRun[];
  readonly where: {
    /** The lesson's title; null where no lesson has the segment any more. */
    readonly lesson: LessonTitle | null;
    readonly segment: string;
    readonly edition: string | null;
  };
  readonly age: string;
  readonly state: string;
  readonly past: boolean;
  /** Null for who may not write. */
  readonly href: string | null;
};

type TermView = {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly others: readonly string[];
  readonly forbidden: Term['forbidden'];
  readonly note: string;
  /** Whether the text in the field has it. */
  readonly used: boolean;
  readonly href: string;
};

/** What stands beside the open unit: up to three matches, the terms of its source, and the way to look a word up. */
export async function memoryPart(about: MarginAbout): Promise<object> {
  const { context, unit, target } = about;
  const { world, edition, actor, language } = context;
  const [matches, terms] = await Promise.all([
    matchesFor(context, unit),
    world.store.glossary.ofLanguage(edition.language),
  ]);
  const mayWrite = can(actor, 'unit:write', { partner: edition.partner });
  const named = [...new Set(termsIn(unit.source, terms).map(({ term }) => term))];
  return {
    matches: matches.map((match, place) => matchView(about, match, place + 1, mayWrite)),
    terms: named.map((term): TermView => {
      const [first, ...others] = term.targets;
      return {
        id: term.id,
        source: term.source.text,
        target: first?.text ?? '',
        others: others.map(({ text }) => text),
        forbidden: term.forbidden,
        note: term.note,
        used: termUse(term, unit.source, target).used,
        href: `${paths.glossary.to(edition.tag)}?${new URLSearchParams({ term: term.id })}#term-${term.id}`,
      };
    }),
    insert: mayWrite,
    languages: languagesOf(edition.language, language),
    hrefs: { glossary: paths.glossary.to(edition.tag), concordance: paths.concordance.to(edition.tag) },
  };
}

function matchView(
  { context, desk, lesson, unit, show }: MarginAbout,
  { entry, percent }: MemoryMatch,
  key: number,
  mayWrite: boolean,
): MatchView {
  const { edition, t, language, now } = context;
  const [address = '', fragment = ''] = unitHref(edition.tag, lesson.id, unit.segment, show).split('#');
  return {
    key,
    percent: new Intl.NumberFormat(numberingTag(language), { style: 'percent' }).format(percent / 100),
    target: entry.target,
    hash: textHash(entry.target),
    differs: percent === 100 ? [] : markedRuns(entry.source, unit.source, baselineLanguage),
    where: {
      lesson: titleOfLesson(desk.working, lessonsNeeding(desk.working.lessonPackage, entry.segment)[0]),
      segment: entry.segment,
      edition: entry.edition === edition.tag ? null : entry.edition,
    },
    age: ageOf(entry.at, now, language),
    state: stateOf(t, entry),
    past: entry.place === 'history',
    href: mayWrite ? `${address}&take=${key}#${fragment}` : null,
  };
}

function titleOfLesson(working: WorkingEdition, id: string | undefined): LessonTitle | null {
  const lesson = working.lessonPackage.lessons.find((each) => each.id === id);
  return lesson === undefined ? null : lessonTitle(working, lesson);
}

/** A second person's eyes are said; so is that there were none. */
const stateOf = (t: MarginAbout['context']['t'], { state }: MemoryEntry): string =>
  state === 'reviewed' || state === 'final' ? t('memory:reviewed') : t('memory:unreviewed');
