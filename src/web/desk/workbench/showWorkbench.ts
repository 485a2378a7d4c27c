import { notePresence } from '../../../commands/edition/notePresence.ts';
import { oldSources } from '../../../commands/edition/oldSources.ts';
import { can } from '../../../domain/access/can.ts';
import type { TranslationUnit } from '../../../domain/edition/edition.ts';
import { minutesSince, type Presence } from '../../../domain/edition/presence.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { pastUnitsOf } from '../../../domain/edition/withMaterial.ts';
import { mergeWords } from '../../../domain/update/mergeWords.ts';
import type { EditionContext, Reply, Translate } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { openRowMaterial } from '../material/openRow.ts';
import { takenMatch } from '../memory/matches.ts';
import { withTerms } from '../memory/withTerms.ts';
import type { Previews } from '../preview/port.ts';
import { namesOf } from '../today/loadDesk.ts';
import { draftPart, draftWays } from './draftPart.ts';
import { type Filter, filters, unitHref } from './hrefs.ts';
import { type LessonDesk, lessonPlaceCounts, lessonReadiness, loadLessonDesk } from './lessonDesk.ts';
import { marginOf } from './marginParts.ts';
import { openUnit, type Typed } from './openUnit.ts';
import { readerView } from './readerView.ts';
import { markedRuns } from './textRuns.ts';
import { unitHistory } from './unitHistory.ts';
import { languagesOf } from './unitRow.ts';
import { openedSegment, placedUnits, workbenchPage } from './workbenchPage.ts';

/** What came back from a save: what was typed, and why it could not be kept as it is. */
export type Refusal = {
  readonly segment: string;
  readonly show: Filter;
  readonly typed: Typed;
  readonly message: string;
  /** The revision that the person started from, when somebody else saved meanwhile. */
  readonly started: number | null;
};

/** The filter that a query or a form names. */
export const filterOf = (asked: string | undefined): Filter => filters.find((each) => each === asked) ?? 'all';

const historyShown = 5;

/** The page of a lesson's texts, with one of them open; with `refusal`, what was typed stays in the field. */
export async function showWorkbench(
  context: EditionContext,
  previews: Pick<Previews, 'words'>,
  lessonId: string,
  refusal: Refusal | null = null,
): Promise<Reply> {
  const { world, edition, actor, t, query, language, person } = context;
  const desk = await loadLessonDesk(context, lessonId);
  const { lesson } = desk;
  const show = refusal?.show ?? filterOf(query.show);
  const opened = openedSegment(desk, lesson, show, refusal?.segment ?? query.unit);
  const unit = opened === null ? undefined : desk.units.get(opened);
  const segment = unit?.segment ?? '';
  const writes = can(actor, 'unit:write', { partner: edition.partner });
  const units = placedUnits(desk, lesson).map((each) => each.unit);
  const [old, here, counts, earlier, draft, taken] = await Promise.all([
    oldSources(world.store, desk.working, units),
    notePresence(world, person, edition, writes && unit !== undefined ? segment : null),
    lessonPlaceCounts(context, desk),
    unit === undefined ? [] : earlierOf(context, desk, segment),
    unit === undefined || refusal !== null ? null : world.store.unitDrafts.of(edition.tag, segment, person.id),
    refusal === null ? takenMatch(context, unit) : null,
  ]);
  const named = namedIn(desk, unit?.unit ?? null, earlier, segment);
  const names = await namesOf(context, [...named, ...here.map((each) => each.person)]);
  const view = { show, opened, old, here: hereInWords(t, here, names, context.now) };
  const page = workbenchPage(t, desk, lessonReadiness(desk), lesson, view);
  const restored = earlier.find((each) => String(each.revision) === query.restore) ?? null;
  const textAt = (revision: number | null) => earlier.find((each) => each.revision === revision)?.target ?? '';
  const href = unitHref(edition.tag, lesson.id, segment, show);
  const by = names.get(unit?.unit?.by ?? '') ?? t('edition:somebody');
  const drafted =
    unit === undefined
      ? null
      : draftPart({
          ...{ draft, unit, href, by, base: textAt(draft?.revision ?? null), language: edition.language },
          way: draftWays.find((each) => each === query.draft) ?? null,
        });
  const conflict =
    refusal === null || refusal.started === null || unit === undefined
      ? null
      : { ...conflictOf(refusal, textAt(refusal.started), unit.text, edition.language), by, at: unit.unit?.at ?? null };
  const copied = query.fill === 'source' ? (unit?.source ?? null) : null;
  const filled = conflict?.merged ?? restored?.target ?? taken?.target ?? copied ?? drafted?.text ?? null;
  const typed = conflict === null ? (refusal?.typed ?? null) : null;
  const about = { t, actor, desk, names, old: old.get(segment), typed, filled };
  const current = unit === undefined ? null : openUnit(about, unit);
  const target = current?.target ?? '';
  const margin =
    unit === undefined ? {} : await marginOf({ context, desk, lesson, unit, show, old: old.get(segment), target });
  const history = unit === undefined ? [] : unitHistory(t, unit.unit, earlier, names, href, edition.language);
  const data = {
    ...page,
    ...margin,
    groups: await withTerms(context, page.groups, unit?.source ?? ''),
    taken: taken?.hash ?? '',
    sheets: ['desk-edition.css', 'desk-memory.css', 'material.css', 'desk-workbench.css'],
    scripts: ['desk-drafts.js', 'desk-workbench.js'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', counts),
    tag: edition.tag,
    me: person.id,
    release: standsOn(edition.upstream),
    languages: languagesOf(edition.language, language),
    current,
    conflict,
    unkept: conflict === null ? (drafted?.unkept ?? null) : (refusal?.typed.target ?? null),
    draft: drafted?.part ?? null,
    here: here.filter((each) => each.segment === segment).map((each) => told(t, each, names, context.now)),
    material: openRowMaterial(t, desk, actor, { lesson: lesson.id, segment: opened }, names),
    restored: restored === null ? null : { at: restored.at },
    fillSource: `${href.replace('#', '&fill=source#')}`,
    reader: unit === undefined ? null : readerView(previews, desk, segment, target),
    historyCount: history.length,
    history: history.slice(0, historyShown),
    earlierHistory: history.slice(historyShown),
    mayUndo: earlier.some((each) => each.target !== unit?.unit?.target),
    problem: refusal === null || conflict !== null ? null : refusal.message,
    problems: refusal === null ? [] : [{ field: 'target', message: refusal.message }],
  };
  const code = refusal === null ? {} : { code: conflict === null ? 422 : 409 };
  return { kind: 'page', view: 'desk/workbench/workbench', data, ...code };
}

/** What a segment said before; an added one keeps its own past. */
async function earlierOf({ world, edition }: EditionContext, desk: LessonDesk, segment: string) {
  const local = desk.working.material?.segments.get(segment);
  return local === undefined ? world.store.units.history(edition.tag, segment) : pastUnitsOf(local);
}

const told = (t: Translate, { person, at }: Presence, names: ReadonlyMap<string, string>, now: string): string =>
  t('bench:here', { name: names.get(person) ?? '', count: minutesSince(at, now) });

/** Who else has which segment open. */
function hereInWords(
  t: Translate,
  here: readonly Presence[],
  names: ReadonlyMap<string, string>,
  now: string,
): ReadonlyMap<string, string> {
  const words = Map.groupBy(here, (each) => each.segment);
  return new Map([...words].map(([segment, all]) => [segment, all.map((each) => told(t, each, names, now)).join(' ')]));
}

function namedIn(desk: LessonDesk, unit: TranslationUnit | null, earlier: readonly TranslationUnit[], segment: string) {
  const units = unit === null ? earlier : [unit, ...earlier];
  return [
    ...units.flatMap((each) => [each.by, each.reviewedBy, each.backTranslation?.by]),
    unit?.sentBack?.by,
    desk.working.ledger.get(segment)?.owner,
    ...desk.releases.flatMap((release) => release.sets.map((set) => set.author)),
  ];
}

/** Both texts with marks, and a merge by words as a start; whichever is not kept goes to the history. */
function conflictOf(refusal: Refusal, base: string, theirs: string, language: string) {
  const ours = refusal.typed.target;
  return {
    ours: markedRuns(base, ours, language),
    theirs: markedRuns(base, theirs, language),
    merged: mergeWords(base, ours, theirs, language).text,
    mine: ours,
  };
}
