import { dropDraft, keepDraft } from '../../../commands/edition/keepDraft.ts';
import { keepSaved } from '../../../commands/edition/keepSaved.ts';
import { loadFacts } from '../../../commands/edition/loadWorking.ts';
import type { EditionContext, Reply } from '../../route.ts';
import type { Previews } from '../preview/port.ts';
import { acceptForm, revision, text } from './acceptForm.ts';
import { unitHref } from './hrefs.ts';
import { loadLessonTexts } from './lessonDesk.ts';
import { readerWords } from './readerView.ts';
import { lessonOf, showForm } from './wayOn.ts';

const draftForm = showForm.extend({ text, revision });

/**
 * Keeps what is being typed, at each pause, and answers with it as its readers would see it:
 * `{ kept: instant or null, paragraphs: HTML[] }`.
 */
export function keepTyped(previews: Pick<Previews, 'words'>) {
  return async (context: EditionContext): Promise<Reply> => {
    const { world, actor, edition, params, now } = context;
    const segment = params.segment ?? '';
    const form = acceptForm(draftForm, context.form);
    const draft = await keepDraft(world, actor, {
      edition: edition.tag,
      segment,
      text: form.text,
      revision: form.revision,
    });
    const texts = await loadLessonTexts(context, await lessonOf(context, form.lesson, segment));
    const facts = await loadFacts(world.store, edition, texts.working.lessonPackage, now);
    const paragraphs = readerWords(previews, { ...texts, facts }, form.text);
    return { kind: 'json', data: { kept: draft?.at ?? null, paragraphs } };
  };
}

/** The saved text is put back into the field. */
export async function dropped(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(showForm, context.form);
  const lesson = await lessonOf(context, form.lesson, segment);
  await dropDraft(world, actor, { edition: edition.tag, segment });
  const there = unitHref(edition.tag, lesson, segment, form.show);
  return { kind: 'redirect', to: there, said: { key: 'bench:said.dropped', values: { segment } } };
}

const keptForm = showForm.extend({ unkept: text, revision });

/** Of two texts the one that is saved already is kept; the other goes to the history. */
export async function keptSaved(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(keptForm, context.form);
  const lesson = await lessonOf(context, form.lesson, segment);
  await keepSaved(world, actor, { edition: edition.tag, segment, unkept: form.unkept, revision: form.revision });
  const there = unitHref(edition.tag, lesson, segment, form.show);
  return { kind: 'redirect', to: there, said: { key: 'bench:said.kept', values: { segment } } };
}
