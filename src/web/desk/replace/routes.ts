import { replaceInEdition, undoReplacement } from '../../../commands/edition/replaceInEdition.ts';
import { can } from '../../../domain/access/can.ts';
import type { Replacing } from '../../../domain/edition/replaceText.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { listField } from '../fields.ts';
import { frameFor } from '../frame.ts';
import { type Desk, lessonsNeeding, loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { unitHref } from '../workbench/hrefs.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import { readReplacing, readTick, replacingValues } from './replaceForm.ts';
import { previewOf } from './replacePage.ts';

const pastShown = 5;

async function common(context: EditionContext, desk: Desk) {
  const { edition, actor, language } = context;
  return {
    sheets: ['desk-edition.css'],
    frame: await frameFor(context, 'lessons', placeCounts(desk, waitingOf(desk, actor))),
    tag: edition.tag,
    languages: languagesOf(edition.language, language),
    mayWrite: can(actor, 'unit:write', { partner: edition.partner }),
    hrefs: { replace: paths.replace.to(edition.tag), lessons: paths.editionLessons.to(edition.tag) },
  };
}

/** Lessons to look in; the address names each by a field of its own, since it cannot hold a list. */
const lessonsAsked = (desk: Desk, named: (lesson: string) => boolean): readonly string[] =>
  desk.working.lessonPackage.lessons.map(({ id }) => id).filter(named);

async function show(context: EditionContext): Promise<Reply> {
  const asked = context.query.find !== undefined;
  return showPreview(context, readReplacing(context.query), asked, (lesson) => context.query[`in-${lesson}`] === 'yes');
}

async function showPreview(
  context: EditionContext,
  replacing: Replacing,
  asked: boolean,
  named: (lesson: string) => boolean,
  problem: string | null = null,
): Promise<Reply> {
  const { world, edition, t } = context;
  const desk = await loadDesk(context);
  const lessons = lessonsAsked(desk, named);
  const empty = asked && replacing.find.trim() === '';
  const preview = asked && !empty ? previewOf(t, desk, replacing, lessons) : null;
  const message = problem ?? (empty ? t('errors:searchEmpty') : null);
  const past = await world.store.replacements.ofEdition(edition.tag, pastShown);
  const names = await namesOf(
    context,
    past.map(({ by }) => by),
  );
  const data = {
    ...(await common(context, desk)),
    title:
      preview === null
        ? t('replace:title')
        : preview.units === 0
          ? t('replace:headline.none', { find: replacing.find })
          : t('replace:headline.found', { count: preview.units }),
    replacing,
    bareLetters: !replacing.matchMarks,
    fields: Object.entries(replacingValues(replacing)).map(([name, value]) => ({ name, value })),
    arabic: edition.language === 'ar' || edition.language === 'fa' || edition.language === 'ur',
    lessons: desk.working.lessonPackage.lessons.map(({ id }) => ({ id, chosen: lessons.includes(id) })),
    some: lessons.length > 0,
    preview,
    past: past.map(({ id, replacing: words, by, at, changed, undone }) => ({
      ...{ href: paths.replacement.to(edition.tag, id), find: words.find, replace: words.replace },
      ...{ by: names.get(by) ?? '', at, count: changed.length, undone: undone !== null },
    })),
    problem: message,
    problems: message === null ? [] : [{ field: empty ? 'find' : 'hits', message }],
  };
  return { kind: 'page', view: 'desk/replace/replace', data, ...(message === null ? {} : { code: 422 }) };
}

async function apply(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, form, t } = context;
  const replacing = readReplacing(form);
  const units = listField(form, 'unit').map(readTick);
  if (units.some((unit) => unit === null)) throw new DomainError('formMalformed', { field: 'unit' });
  try {
    const replacement = await replaceInEdition(world, actor, {
      edition: edition.tag,
      replacing,
      units: units.filter((unit) => unit !== null),
    });
    return {
      kind: 'redirect',
      to: paths.replacement.to(edition.tag, replacement.id),
      said: { key: 'replace:said.done', values: { count: replacement.changed.length } },
    };
  } catch (error) {
    if (!(error instanceof DomainError) || !['searchEmpty', 'nothingTicked'].includes(error.code)) throw error;
    const within = listField(form, 'lesson');
    return showPreview(context, replacing, true, (lesson) => within.includes(lesson), t(`errors:${error.code}`));
  }
}

async function showReplacement(context: EditionContext): Promise<Reply> {
  const { world, edition, params, t } = context;
  const replacement = await world.store.replacements.byId(edition.tag, params.replacement ?? '');
  if (replacement === null) throw new DomainError('replacementUnknown');
  const desk = await loadDesk(context);
  const names = await namesOf(context, [replacement.by, replacement.undone?.by]);
  const linkOf = (segment: string) => ({
    segment,
    href: unitHref(edition.tag, lessonsNeeding(desk.working.lessonPackage, segment)[0] ?? '', segment),
  });
  const { replacing, changed, meanwhile, refused, undone, by, at } = replacement;
  const data = {
    ...(await common(context, desk)),
    title: undone === null ? t('replace:done.title', { count: changed.length }) : t('replace:done.undone'),
    ...{ replacing, at, by: names.get(by) ?? '' },
    changed: changed.map(({ segment }) => linkOf(segment)),
    meanwhile: meanwhile.map(linkOf),
    refused: refused.map(({ segment, why }) => ({ ...linkOf(segment), why: t(`replace:refused.${why}`) })),
    undone:
      undone === null
        ? null
        : { by: names.get(undone.by) ?? '', at: undone.at, kept: undone.kept.map((segment) => linkOf(segment)) },
    undo: changed.length > 0 && undone === null ? paths.replacementUndo.to(edition.tag, replacement.id) : null,
  };
  return { kind: 'page', view: 'desk/replace/replacement', data };
}

async function undo({ world, actor, edition, params }: EditionContext): Promise<Reply> {
  const id = params.replacement ?? '';
  await undoReplacement(world, actor, { edition: edition.tag, replacement: id });
  return { kind: 'redirect', to: paths.replacement.to(edition.tag, id), said: { key: 'replace:said.undone' } };
}

const about = 'edition' as const;
export const replaceRoutes: readonly Route[] = [
  { method: 'get', path: paths.replace.pattern, allow: 'edition:read', audit: 'nothing', about, handle: show },
  { method: 'post', path: paths.replace.pattern, allow: 'unit:write', audit: 'edition/replace', about, handle: apply },
  {
    method: 'get',
    path: paths.replacement.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about,
    handle: showReplacement,
  },
  {
    method: 'post',
    path: paths.replacementUndo.pattern,
    allow: 'unit:write',
    audit: 'edition/undoReplacement',
    about,
    handle: undo,
  },
];
