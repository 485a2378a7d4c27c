import { can } from '../../../domain/access/can.ts';
import { severities } from '../../../domain/release/release.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { withChanged } from '../differences/changedRows.ts';
import { draftLinks, factRows, lessonRows, lessonView } from './baselinePages.ts';
import { lessonIn, newestBaseline } from './newest.ts';
import { sheets } from './sheets.ts';

async function showLessons(context: PersonContext): Promise<Reply> {
  const { world, t, actor } = context;
  const newest = await newestBaseline(world.store);
  const rows = newest === null ? [] : lessonRows(newest.lessonPackage);
  const minutes = rows.reduce((sum, row) => sum + row.minutes, 0);
  const data = {
    title:
      newest === null
        ? t('baseline:lessons.none')
        : t('baseline:lessons.headline', { count: rows.length, release: newest.release.number }),
    sheets,
    frame: await baselineFrame(context, 'baseline'),
    release: newest?.release ?? null,
    rows,
    minutes,
    mayWrite: can(actor, 'changeSet:write'),
  };
  return { kind: 'page', view: 'desk/baseline/lessons', data };
}

async function showLesson(context: PersonContext): Promise<Reply> {
  const { world, actor, params } = context;
  const newest = await newestBaseline(world.store);
  const lessonPackage = newest?.lessonPackage ?? { lessons: [], segments: {}, facts: {}, evidence: {} };
  const view = lessonView(lessonPackage, lessonIn(lessonPackage, params.lesson ?? ''));
  const mayWrite = can(actor, 'changeSet:write');
  const open = mayWrite ? await world.store.changeSets.open() : [];
  const data = {
    ...view,
    sections: mayWrite ? await withChanged(world.store, view.sections) : view.sections,
    sheets,
    frame: await baselineFrame(context, 'baseline'),
    release: newest?.release ?? null,
    mayWrite,
    drafts: draftLinks(open, lessonPackage, view.id),
    severities: severities.map((severity) => ({ severity, chosen: severity === 'content' })),
    begin: paths.changeSets.to(),
  };
  return { kind: 'page', view: 'desk/baseline/lesson', data };
}

async function showFacts(context: PersonContext): Promise<Reply> {
  const { world, t } = context;
  const newest = await newestBaseline(world.store);
  const rows = newest === null ? [] : factRows(newest.lessonPackage);
  const required = rows.filter((row) => row.required).length;
  const data = {
    title: t('baseline:facts.headline', { count: rows.length, required }),
    sheets,
    frame: await baselineFrame(context, 'baselineFacts'),
    release: newest?.release ?? null,
    rows,
  };
  return { kind: 'page', view: 'desk/baseline/facts', data };
}

const read = { method: 'get', allow: 'baseline:read', audit: 'nothing', about: 'person' } as const;

/** The baseline as everybody on the desk may read it. */
export const baselineRoutes: readonly Route[] = [
  { ...read, path: paths.baseline.pattern, handle: showLessons },
  { ...read, path: paths.baselineFacts.pattern, handle: showFacts },
  { ...read, path: paths.baselineLesson.pattern, handle: showLesson },
];
