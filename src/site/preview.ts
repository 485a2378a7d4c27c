import type { Store } from '../commands/ports.ts';
import type { Edition } from '../domain/edition/edition.ts';
import type { Publication, PublicationLesson, PublishedLesson } from '../domain/edition/publication.ts';
import { DomainError } from '../domain/errors.ts';
import type { LessonPackage } from '../domain/package/lessonPackage.ts';
import { dayOf, type Instant } from '../domain/time.ts';
import { fileNameOf, papersOf } from '../formats/files/lessonFile.ts';
import { type LessonTask, tasksOf, type Writers } from '../formats/files/writers.ts';
import type { Imprint, LessonPage, Paragraph } from '../formats/page/lessonPage.ts';
import { factsOfEdition } from './editionFacts.ts';
import { noFiles } from './fileStates.ts';
import { editionFrame } from './frame.ts';
import { standingOf } from './freshness.ts';
import { inlineHtml } from './inlineHtml.ts';
import type { Words } from './languages.ts';
import type { LoadedEdition } from './loadEdition.ts';
import type { PagedLesson, RenderLesson } from './pagedLesson.ts';
import { lessonView } from './pages/lessonView.ts';
import { createRenderer } from './render.ts';
import { tellerOf } from './tell.ts';

export type Preview = {
  /** The page as readers would see it; the imprint says that it is a draft. */
  page(published: PublishedLesson, imprint: Imprint): Promise<string>;
  /** The file as readers would get it; null when the lesson has no such file. */
  file(published: PublishedLesson, name: string, imprint: Imprint): Promise<Uint8Array | null>;
  /** The words of a paragraph, as on every page. */
  words(paragraph: Paragraph): string;
};

export type PreviewDeps = {
  readonly store: Store;
  /** The package that the edition's working text is made from. */
  readonly source: (edition: Edition) => Promise<LessonPackage>;
  readonly renderLesson: RenderLesson;
  readonly writers: Writers;
  readonly translate: Words;
  readonly now: () => Instant;
};

/** Pages and files of the working text, by the same builders as the public ones: no code, no address, DRAFT on it. */
export function createPreview(deps: PreviewDeps): Preview {
  const renderer = createRenderer(deps.translate);
  return {
    async page(published, imprint) {
      const edition = await deps.store.editions.byTag(published.edition);
      if (edition === null) throw new DomainError('editionUnknown', { edition: published.edition });
      const releases = await deps.store.releases.all();
      const newest = await deps.source(edition);
      const history = await deps.store.releases.fullHistory();
      const today = dayOf(deps.now());
      const against = { releases, lessonPackage: newest, history, today };
      const entry: PublicationLesson = {
        lesson: published.lesson.id,
        hash: '',
        release: edition.upstream.release,
        lessonEdition: { number: 0, on: today },
        code: '',
      };
      const publication: Publication = {
        edition: edition.tag,
        number: 0,
        on: today,
        at: deps.now(),
        by: '',
        kind: 'lessons',
        lessons: [entry],
        root: '',
        demonstration: edition.demonstration,
      };
      const page = deps.renderLesson(published, imprint);
      const standing = { ...standingOf(entry, published, against), kind: 'current' as const };
      const lesson: PagedLesson = { entry, published, standing, recall: null, gone: null, page };
      const loaded: LoadedEdition = {
        edition,
        publication,
        publications: [publication],
        lessons: [lesson],
        newest: against,
        recalls: [],
      };
      const facts = factsOfEdition(loaded, [lesson], noFiles);
      const frame = editionFrame(facts, page.help, 'lessons');
      const view = lessonView({
        page,
        lesson,
        publication,
        tell: tellerOf(loaded),
        files: onPaper(deps.writers, page).map(({ file }) => ({ file, state: { kind: 'making' } })),
        changes: [],
        fileHref: (name) => `preview/${name}`,
        pictureBase: '../../material/pictures/pic-',
      });
      // The desk's own policy would not let the script run: a draft is left by the links.
      return renderer.page('lesson', frame, { ...view.data, exitScript: null }, view.rules).html;
    },
    async file(published, name, imprint) {
      const page = deps.renderLesson(published, imprint);
      const task = onPaper(deps.writers, page).find(({ file }) => fileNameOf(file) === name);
      return task === undefined ? null : task.writer.build(page, task.file);
    },
    words: inlineHtml,
  };
}

/** What a draft is looked at on: the country's own paper. */
function onPaper(writers: Writers, page: LessonPage): readonly LessonTask[] {
  const [paper] = papersOf(page.imprint.country);
  return tasksOf(writers, page).filter(({ file }) => file.format === 'pdf' && file.paper === paper);
}
