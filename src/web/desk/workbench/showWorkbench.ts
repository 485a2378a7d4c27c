import { oldSources } from '../../../commands/edition/oldSources.ts';
import type { TranslationUnit } from '../../../domain/edition/edition.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { pastUnitsOf } from '../../../domain/edition/withMaterial.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Lesson } from '../../../domain/package/lessonPackage.ts';
import { mergeWords } from '../../../domain/update/mergeWords.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { openRowMaterial } from '../material/openRow.ts';
import { type Desk, loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { type Filter, filters, unitHref } from './hrefs.ts';
import { marginOf } from './marginParts.ts';
import { openUnit, type Typed } from './openUnit.ts';
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

/** The lesson of the desk's package. Throws `lessonUnknown`. */
export function lessonIn(desk: Pick<Desk, 'working'>, id: string): Lesson {
  const lesson = desk.working.lessonPackage.lessons.find((each) => each.id === id);
  if (lesson === undefined) throw new DomainError('lessonUnknown', { lesson: id });
  return lesson;
}

/** The filter that a query or a form names. */
export const filterOf = (asked: string | undefined): Filter => filters.find((each) => each === asked) ?? 'all';

const historyShown = 5;

/** The page of a lesson's texts, with one of them open; with `refusal`, what was typed stays in the field. */
export async function showWorkbench(
  context: EditionContext,
  lessonId: string,
  refusal: Refusal | null = null,
): Promise<Reply> {
  const { world, edition, actor, t, query, language } = context;
  const desk = await loadDesk(context);
  const lesson = lessonIn(desk, lessonId);
  const waiting = waitingOf(desk, actor);
  const show = refusal?.show ?? filterOf(query.show);
  const opened = openedSegment(desk, lesson, show, refusal?.segment ?? query.unit);
  const units = placedUnits(desk, lesson).map((each) => each.unit);
  const old = await oldSources(world.store, desk.working, units);
  const page = workbenchPage(t, desk, waiting, lesson, { show, opened, old });
  const unit = opened === null ? undefined : desk.units.get(opened);
  const earlier = unit === undefined ? [] : await earlierOf(context, desk, unit.segment);
  const names = await namesOf(context, namedIn(desk, unit?.unit ?? null, earlier, unit?.segment));
  const restored = earlier.find((each) => String(each.revision) === query.restore) ?? null;
  const about = { t, actor, desk, names, old: old.get(opened ?? ''), typed: refusal?.typed ?? null, restored };
  const current = unit === undefined ? null : openUnit(about, unit);
  const conflict =
    refusal === null || refusal.started === null
      ? null
      : conflictOf(refusal, earlier, unit?.text ?? '', edition.language);
  const way = unitHref(edition.tag, lesson.id, opened ?? '', show);
  const history = unit === undefined ? [] : unitHistory(t, unit.unit, earlier, names, way);
  const target = conflict?.merged ?? current?.target ?? '';
  const margin =
    unit === undefined ? {} : await marginOf({ context, desk, lesson, unit, show, old: old.get(unit.segment), target });
  const data = {
    ...page,
    ...margin,
    sheets: ['desk-edition.css', 'material.css'],
    title: page.headline,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waiting)),
    tag: edition.tag,
    release: standsOn(edition.upstream),
    languages: languagesOf(edition.language, language),
    sameLanguage: edition.language === 'en',
    current: current === null ? null : { ...current, target },
    conflict,
    material: openRowMaterial(t, desk, actor, { lesson: lesson.id, segment: opened }, names),
    restored: restored === null ? null : { at: restored.at },
    history: history.slice(0, historyShown),
    earlierHistory: history.slice(historyShown),
    problem: refusal === null || conflict !== null ? null : refusal.message,
    problems: refusal === null ? [] : [{ field: 'target', message: refusal.message }],
  };
  const code = refusal === null ? {} : { code: conflict === null ? 422 : 409 };
  return { kind: 'page', view: 'desk/workbench/workbench', data, ...code };
}

/** What a segment said before; an added one keeps its own past. */
async function earlierOf({ world, edition }: EditionContext, desk: Desk, segment: string) {
  const local = desk.working.material?.segments.get(segment);
  return local === undefined ? world.store.units.history(edition.tag, segment) : pastUnitsOf(local);
}

function namedIn(desk: Desk, unit: TranslationUnit | null, earlier: readonly TranslationUnit[], segment = '') {
  const units = unit === null ? earlier : [unit, ...earlier];
  return [
    ...units.flatMap((each) => [each.by, each.reviewedBy, each.backTranslation?.by]),
    desk.working.ledger.get(segment)?.owner,
    ...desk.releases.flatMap((release) => release.sets.map((set) => set.author)),
  ];
}

/** Both texts with marks, and a merge by words as a start; whichever is not kept goes to the history. */
function conflictOf(refusal: Refusal, earlier: readonly TranslationUnit[], theirs: string, language: string) {
  const ours = refusal.typed.target;
  const base = earlier.find((each) => each.revision === refusal.started)?.target ?? '';
  return {
    ours: markedRuns(base, ours, language),
    theirs: markedRuns(base, theirs, language),
    merged: mergeWords(base, ours, theirs, language).text,
  };
}
