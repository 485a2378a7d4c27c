import { z } from 'zod';
import { backTranslateUnit, confirmUnit } from '../../../commands/edition/reviewUnit.ts';
import { saveUnit } from '../../../commands/edition/saveUnit.ts';
import { adaptationKinds } from '../../../domain/edition/edition.ts';
import type { WorkingUnit } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import { normalText } from '../../../domain/package/text.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { originOf } from '../memory/matches.ts';
import { loadDesk } from '../today/loadDesk.ts';
import { acceptForm, choice, revision, text } from './acceptForm.ts';
import { filters, unitHref } from './hrefs.ts';
import { filterOf, lessonIn, showWorkbench } from './showWorkbench.ts';
import { lessonFor, nextUnfinished, wayOn } from './workbenchPage.ts';

const showForm = { lesson: z.string().max(100).default(''), show: z.enum(filters).catch('all') };
const saveForm = z.object({
  ...showForm,
  target: text,
  revision,
  kind: choice(adaptationKinds),
  reason: z.string().trim().max(1000).default(''),
  way: z.enum(['next', 'stay']).catch('next'),
  /** The hash of a match that was taken. */
  taken: z.string().max(64).default(''),
});

type SaveForm = z.infer<typeof saveForm>;

/** What a person can mend in the form itself. */
const mendable = new Set(['unitEmpty', 'factsMissing', 'factsForeign', 'reasonNeeded', 'omissionOfCore']);

async function save(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(saveForm, context.form);
  const desk = await loadDesk(context);
  const lesson = lessonFor(desk, form.lesson, segment);
  if (lesson === null) throw new DomainError('unitUnknown', { segment });
  const adaptation = form.kind === null ? null : { kind: form.kind, reason: form.reason };
  try {
    if (!isAsSaved(desk.units.get(segment), form)) {
      await saveUnit(world, actor, {
        edition: edition.tag,
        segment,
        target: form.target,
        revision: form.revision,
        origin: originOf(form.taken, form.target),
        ...(adaptation === null ? {} : { adaptation }),
      });
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const stale = error.code === 'staleRevision';
    if (!stale && !mendable.has(error.code)) throw error;
    const typed = { target: form.target, kind: form.kind ?? '', reason: form.reason };
    const message = stale ? t('edition:workbench.conflict') : t(`errors:${error.code}`, error.data);
    return showWorkbench(context, lesson, {
      segment,
      show: form.show,
      typed,
      message,
      started: stale ? form.revision : null,
    });
  }
  return form.way === 'stay'
    ? { kind: 'redirect', to: unitHref(edition.tag, lesson, segment, form.show), said: said('saved', segment) }
    : goOn(context, lesson, segment, form.show, 'saved');
}

/** Nothing changed: the review that the text has is not thrown away, and what is inherited stays inherited. */
function isAsSaved(unit: WorkingUnit | undefined, form: SaveForm): boolean {
  if (unit === undefined || form.kind !== null) return false;
  const unchanged = normalText(unit.text) === normalText(form.target);
  if (unit.unit === null) return unit.origin === 'inherited' && unchanged;
  const current = unit.unit.basedOn === unit.sourceHash && unit.origin === 'unit';
  return current && unchanged && unit.unit.revision === form.revision;
}

const said = (done: string, segment: string) => ({ key: `edition:workbench.said.${done}`, values: { segment } });

/** To the next unfinished unit, looked up after what was just written. */
async function goOn(
  context: EditionContext,
  lesson: string,
  segment: string,
  show: string,
  done: string,
): Promise<Reply> {
  const desk = await loadDesk(context);
  const found = lessonIn(desk, lesson);
  const filter = filterOf(show);
  const last = nextUnfinished(desk, found, filter, segment) === null;
  return {
    kind: 'redirect',
    to: wayOn(desk, found, filter, segment),
    said: said(last ? `${done}Last` : done, segment),
  };
}

const confirmForm = z.object({ ...showForm, revision });

async function confirm(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(confirmForm, context.form);
  await confirmUnit(world, actor, { edition: edition.tag, segment, revision: form.revision });
  const lesson = lessonFor(await loadDesk(context), form.lesson, segment);
  if (lesson === null) throw new DomainError('unitUnknown', { segment });
  return goOn(context, lesson, segment, form.show, 'confirmed');
}

const backForm = z.object({ ...showForm, revision, text, from: z.enum(['workbench', 'review']).catch('workbench') });

async function backTranslate(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(backForm, context.form);
  await backTranslateUnit(world, actor, { edition: edition.tag, segment, revision: form.revision }, form.text);
  const lesson = lessonFor(await loadDesk(context), form.lesson, segment);
  const toReview = form.from === 'review' || lesson === null;
  const review = `${paths.review.to(edition.tag)}?${new URLSearchParams({ lesson: form.lesson })}#unit-${encodeURIComponent(segment)}`;
  return {
    kind: 'redirect',
    to: toReview ? review : unitHref(edition.tag, lesson, segment, form.show),
    said: said('backTranslated', segment),
  };
}

export const workbenchRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.workbench.pattern,
    allow: 'edition:read',
    audit: 'nothing',
    about: 'edition',
    handle: (context) => showWorkbench(context, context.params.lesson ?? ''),
  },
  {
    method: 'post',
    path: paths.unit.pattern,
    allow: 'unit:write',
    audit: 'unit/save',
    about: 'edition',
    handle: save,
  },
  {
    method: 'post',
    path: paths.unitConfirmation.pattern,
    allow: 'unit:write',
    audit: 'unit/confirm',
    about: 'edition',
    handle: confirm,
  },
  {
    method: 'post',
    path: paths.unitBackTranslation.pattern,
    allow: 'unit:write',
    audit: 'unit/backTranslate',
    about: 'edition',
    handle: backTranslate,
  },
];
