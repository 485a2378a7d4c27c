import { z } from 'zod';
import { keepDraft } from '../../../commands/edition/keepDraft.ts';
import { type SaveUnit, saveUnit } from '../../../commands/edition/saveUnit.ts';
import { undoUnit } from '../../../commands/edition/undoUnit.ts';
import { upstreamPackage } from '../../../commands/edition/upstreamPackage.ts';
import { adaptationKinds } from '../../../domain/edition/edition.ts';
import { baselineLanguage } from '../../../domain/edition/workingText.ts';
import { DomainError } from '../../../domain/errors.ts';
import { normalText } from '../../../domain/package/text.ts';
import { textHash } from '../../../domain/release/canonical.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { originOf } from '../memory/matches.ts';
import type { Previews } from '../preview/port.ts';
import { acceptForm, choice, revision, text } from './acceptForm.ts';
import { unitHref } from './hrefs.ts';
import { loadLessonTexts } from './lessonDesk.ts';
import { showWorkbench } from './showWorkbench.ts';
import { goOn, lessonOf, said, showForm } from './wayOn.ts';

const saveForm = showForm.extend({
  target: text,
  revision,
  kind: choice(adaptationKinds),
  reason: z.string().trim().max(1000).default(''),
  /** What was typed against a text saved meanwhile, when other words are kept. */
  unkept: z.string().max(20_000).optional(),
  /** The hash of a match that was taken. */
  taken: z.string().max(64).default(''),
  way: z.enum(['next', 'stay']).catch('next'),
});
type SaveForm = z.infer<typeof saveForm>;

const undoForm = showForm.extend({ revision });

/** What a person can mend in the form itself. */
const mendable = new Set(['unitEmpty', 'factsMissing', 'factsForeign', 'reasonNeeded', 'omissionOfCore']);

/** Saving a unit, and giving the text before back. */
export function saving(previews: Pick<Previews, 'words'>) {
  async function save(context: EditionContext): Promise<Reply> {
    const { world, actor, edition, params, t } = context;
    const segment = params.segment ?? '';
    const form = acceptForm(saveForm, context.form);
    const [lesson, asSaved] = await Promise.all([
      lessonOf(context, form.lesson, segment),
      isAsSaved(context, segment, form),
    ]);
    const reading = form.way === 'next' ? loadLessonTexts(context, lesson) : undefined;
    reading?.catch(() => {});
    try {
      if (asSaved) {
        await world.store.unitDrafts.drop(edition.tag, segment, context.person.id);
      } else await saveUnit(world, actor, wishOf(edition.tag, segment, form));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const stale = error.code === 'staleRevision';
      if (!stale && !mendable.has(error.code)) throw error;
      const typed = { target: form.target, kind: form.kind ?? '', reason: form.reason };
      const message = stale ? t('edition:workbench.conflict') : t(`errors:${error.code}`, error.data);
      const started = stale ? form.revision : null;
      const draft = { edition: edition.tag, segment, text: form.target, revision: form.revision };
      await keepDraft(world, actor, draft);
      return showWorkbench(context, previews, lesson, { segment, show: form.show, typed, message, started });
    }
    if (form.way === 'next') return goOn(context, lesson, segment, form.show, 'saved', reading);
    return { kind: 'redirect', to: unitHref(edition.tag, lesson, segment, form.show), said: said('saved', segment) };
  }

  async function undo(context: EditionContext): Promise<Reply> {
    const { world, actor, edition, params, t } = context;
    const segment = params.segment ?? '';
    const form = acceptForm(undoForm, context.form);
    const lesson = await lessonOf(context, form.lesson, segment);
    try {
      await undoUnit(world, actor, { edition: edition.tag, segment, revision: form.revision });
    } catch (error) {
      if (!(error instanceof DomainError) || !mendable.has(error.code)) throw error;
      const [before] = await world.store.units.history(edition.tag, segment);
      const typed = { target: before?.target ?? '', kind: '', reason: '' };
      const message = t(`errors:${error.code}`, error.data);
      return showWorkbench(context, previews, lesson, { segment, show: form.show, typed, message, started: null });
    }
    const there = unitHref(edition.tag, lesson, segment, form.show);
    return { kind: 'redirect', to: there, said: { key: 'bench:said.undone', values: { segment } } };
  }

  return { save, undo };
}

function wishOf(edition: string, segment: string, form: SaveForm): SaveUnit {
  return {
    edition,
    segment,
    target: form.target,
    revision: form.revision,
    origin: originOf(form.taken, form.target),
    ...(form.kind === null ? {} : { adaptation: { kind: form.kind, reason: form.reason } }),
    ...(form.unkept === undefined ? {} : { unkept: form.unkept }),
  };
}

/** Nothing changed: the review that the text has is not thrown away, and what is inherited stays inherited. */
async function isAsSaved({ world, edition }: EditionContext, segment: string, form: SaveForm): Promise<boolean> {
  if (form.kind !== null || form.unkept !== undefined) return false;
  const [lessonPackage, unit] = await Promise.all([
    upstreamPackage(world.store, edition),
    world.store.units.byId(edition.tag, segment),
  ]);
  const source = lessonPackage.segments[segment]?.text ?? '';
  const unchanged = normalText(unit?.target ?? source) === normalText(form.target);
  if (unit === null) return edition.language === baselineLanguage && unchanged;
  const current = unit.basedOn === textHash(source) && unit.state !== 'initial';
  return current && unchanged && unit.revision === form.revision;
}
