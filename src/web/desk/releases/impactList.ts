import { z } from 'zod';
import { loadChangeSet } from '../../../commands/baseline/loadChangeSet.ts';
import { approvedSets } from '../../../commands/baseline/makeRelease.ts';
import { loadEdition } from '../../../commands/edition/loadWorking.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { DomainError } from '../../../domain/errors.ts';
import { emptyPackage, type LessonPackage } from '../../../domain/package/lessonPackage.ts';
import type { ImpactItem } from '../../../domain/update/impact.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Translate } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { sheets } from '../baseline/sheets.ts';
import { editionName } from '../frame.ts';
import { anchorOf } from '../workbench/hrefs.ts';
import { markedRuns, plainRuns, type TextRun } from '../workbench/textRuns.ts';
import { askedPace, type EditionWork, impactOfRelease, impactOfSets } from './impact.ts';
import { hoursText } from './impactTable.ts';
import { chosenSets } from './releasesPage.ts';

/** The parts of the list, as the table's numbers lead to them. */
export const listParts = ['going', 'conflicts', 'overrides', 'added', 'facts', 'already'] as const;
type ListPart = (typeof listParts)[number];

export type ListRow = {
  readonly key: string;
  readonly anchor: string;
  readonly severity: ImpactItem['severity'] | null;
  readonly lessons: readonly { readonly id: string; readonly href: string }[];
  /** What the release does to the source, with marks; of a fact, nothing. */
  readonly source: readonly TextRun[];
  /** Of a conflict: what stands in the edition. */
  readonly ours: readonly TextRun[];
  readonly lang: string;
  readonly words: number;
  readonly why: string;
  /** Of the list of all editions: in which. */
  readonly editions: readonly { readonly tag: string; readonly href: string }[];
};

export type ImpactList = {
  readonly parts: readonly { readonly part: ListPart; readonly rows: readonly ListRow[] }[];
};

/** Why an item is in the list, where its severity does not say it. */
const whyOf = (t: Translate, { kind }: Pick<ImpactItem, 'kind'>): string =>
  kind === 'stale' ? '' : t(`impact:why.${kind}`);

type Found = { readonly item: ImpactItem; readonly work: EditionWork };

/** Everything that a release asks of some editions, each thing once, with the editions that it asks. */
export function impactList(
  t: Translate,
  works: readonly EditionWork[],
  before: LessonPackage,
  hrefOf: (tag: string) => string,
): ImpactList {
  const one = works.length === 1;
  const lessonsOf = (ids: readonly string[]) => ids.map((id) => ({ id, href: paths.baselineLesson.to(id) }));
  const rowOf = (found: readonly Found[], clash: boolean): readonly ListRow[] => {
    const first = found[0];
    if (first === undefined) return [];
    const { item, work } = first;
    const theirs = item.theirs ?? '';
    return [
      {
        key: item.key,
        anchor: anchorOf('unit', `${item.kind}-${item.key}`),
        severity: item.kind === 'factNeeded' ? null : item.severity,
        lessons: lessonsOf(item.lessons),
        source: item.base === null ? plainRuns(theirs) : markedRuns(item.base, theirs, 'en'),
        ours: one && clash ? plainRuns(item.ours ?? '') : [],
        lang: work.edition.language,
        words: item.words,
        why: whyOf(t, item),
        editions: one ? [] : found.map(({ work: { edition } }) => ({ tag: edition.tag, href: hrefOf(edition.tag) })),
      },
    ];
  };
  const asked = (pick: (work: EditionWork) => readonly ImpactItem[], clash = false) => {
    const all = works.flatMap((work) => pick(work).map((item): Found => ({ item, work })));
    const byKey = [...Map.groupBy(all, ({ item }) => item.key).values()];
    return byKey.sort((a, b) => b.length - a.length).flatMap((found) => rowOf(found, clash));
  };
  const stale = Map.groupBy(
    works.flatMap((work) => work.already.map((key) => ({ key, edition: work.edition }))),
    ({ key }) => key,
  );
  const already = [...stale].map(([key, found]): ListRow => {
    const lessons = before.lessons.filter((lesson) =>
      lesson.sections.some((section) => section.placements.some((placement) => placement.segment === key)),
    );
    return {
      ...{ key, anchor: anchorOf('unit', `already-${key}`), severity: null, ours: [], lang: 'en', words: 0 },
      lessons: lessonsOf(lessons.map((lesson) => lesson.id)),
      source: plainRuns(before.segments[key]?.text ?? ''),
      why: t('impact:why.already'),
      editions: one ? [] : found.map(({ edition }) => ({ tag: edition.tag, href: hrefOf(edition.tag) })),
    };
  });
  const rows: Readonly<Record<ListPart, readonly ListRow[]>> = {
    going: asked((work) => work.going),
    conflicts: asked((work) => work.conflicts, true),
    overrides: asked((work) => work.overrides, true),
    added: asked((work) => work.added),
    facts: asked((work) => work.facts),
    already,
  };
  return { parts: listParts.map((part) => ({ part, rows: rows[part] })).filter((each) => each.rows.length > 0) };
}

const asked = z.object({ release: z.string().max(40).default('') });

/** The works that the address asks for: of sets that could be the next release, or of a release that is out (the newest). */
async function worksFor(context: PersonContext) {
  const { world, query } = context;
  const ids = chosenSets(query);
  const newest = ids.length === 0 ? await world.store.releases.newest() : null;
  const { release: number } = asked.parse({ release: query.release ?? newest?.number });
  if (number !== '') {
    const release = await world.store.releases.byNumber(number);
    if (release === null) throw new DomainError('releaseUnknown', { release: number });
    const works = await impactOfRelease(context, release);
    return { number, out: true, works, query: { release: number }, back: paths.release.to(number) };
  }
  const sets =
    ids.length === 1 ? [await loadChangeSet(world.store, ids[0] ?? '')] : await approvedSets(world.store, ids);
  const { proposed, works } = await impactOfSets(context, sets);
  const pace = askedPace(query);
  const search = { sets: ids.join(','), ...(pace === null ? {} : { pace: String(pace) }) };
  const approved = sets.every((set) => set.state === 'approved');
  const back = approved
    ? `${paths.releases.to()}?${new URLSearchParams(search)}#next`
    : paths.changeSet.to(ids[0] ?? '');
  return { number: proposed.release.number, out: false, works, query: search, back };
}

/** What a release asks of one edition, unit by unit; of `all`, segment by segment. */
export async function showImpactList(context: PersonContext): Promise<Reply> {
  const { world, t, params, language } = context;
  const { number, out, works, query, back } = await worksFor(context);
  const tag = params.edition ?? '';
  const theirs = tag === 'all' ? works : works.filter(({ edition }) => edition.tag === tag);
  const edition = tag === 'all' ? null : await loadEdition(world.store, tag);
  const newest = await world.store.releases.newest();
  const before = newest === null ? emptyPackage : await world.store.releases.lessonPackage(newest.number);
  const search = new URLSearchParams(query);
  const list = impactList(t, theirs, before, (other) => `${paths.impact.to(other)}?${search}`);
  const going = theirs.reduce((sum, work) => sum + work.going.length, 0);
  const words = theirs.reduce((sum, work) => sum + work.words, 0);
  const hours = theirs.reduce((sum, work) => sum + work.hours, 0);
  const title = t(`impact:list.${out ? 'asks' : 'would'}`, {
    ...{ number, units: t('baseline:impact.units', { count: going }) },
    edition: edition === null ? t('impact:list.inAll', { count: theirs.length }) : edition.tag,
  });
  const data = {
    title,
    sheets,
    frame: await baselineFrame(context, 'releases'),
    ...list,
    name: edition === null ? null : editionName(edition, language),
    stands: edition === null ? null : standsOn(edition.upstream),
    words,
    hours: hoursText(hours, language),
    back,
    hasMarks: list.parts.some(({ rows }) => rows.some((row) => row.source.some((run) => run.kind !== 'same'))),
  };
  return { kind: 'page', view: 'desk/releases/impactList', data };
}
