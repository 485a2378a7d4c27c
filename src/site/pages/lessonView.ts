import type { Publication } from '../../domain/edition/publication.ts';
import type { LessonPage } from '../../formats/page/lessonPage.ts';
import { addresses } from '../addresses.ts';
import type { LoadedLesson } from '../loadEdition.ts';
import type { Standing } from '../pointer.ts';
import { standingSigns } from '../render.ts';
import type { Tell } from '../tell.ts';
import type { Changed } from './changedView.ts';
import { downloadsOf, type OfferedFile } from './downloads.ts';
import { feedbackForm } from './feedbackView.ts';
import { learningResource } from './learningResource.ts';
import { lessonBody } from './lessonBody.ts';
import { contentsOf, type Neighbours, noNeighbours, tellsHref } from './lessonContents.ts';
import { placesOf } from './lessonParts.ts';

export function standingView(standing: Omit<Standing, 'avoid'>) {
  const { kind, release, newest, behind, due, sets } = standing;
  return {
    kind,
    sign: standingSigns[kind],
    release,
    newest,
    behind,
    due,
    isNewest: release === newest,
    safety: sets.filter(({ severity }) => severity === 'safety'),
    newestSet: sets.at(-1) ?? null,
  };
}

export type LessonViewInput = {
  readonly page: LessonPage;
  readonly lesson: LoadedLesson;
  readonly publication: Publication;
  readonly tell: Tell;
  /** In the order of importance. */
  readonly files: readonly OfferedFile[];
  /** The sets that altered it, oldest first. */
  readonly changes: readonly Changed[];
  readonly neighbours?: Neighbours;
  /** Where the files of a preview are; readers' files have their public address. */
  readonly fileHref?: (name: string) => string;
  /** Where pictures are: this, their hash, and `.webp`. */
  readonly pictureBase?: string;
};

/** Everything the lesson template prints, and the style rules of its minute bar. */
export function lessonView(input: LessonViewInput) {
  const { page, lesson, publication, tell } = input;
  const standing = standingView(lesson.standing);
  const adapted = Object.values(lesson.published.segments).filter((segment) => segment.adapted).length;
  const body = lessonBody(page);
  const downloads = downloadsOf(page, input.files, input.fileHref);
  const data = {
    ...body.data,
    pictureBase: input.pictureBase ?? addresses.pictureBase(page.imprint.edition),
    bandHref: `${addresses.edition(page.imprint.edition)}#band-${page.band}`,
    downloads,
    publication: { number: publication.number, on: publication.on },
    standing: { ...standing, safety: standing.safety.map((note) => tell(note, page)) },
    avoid: placesOf(page, lesson.standing.avoid),
    contents: contentsOf(page, body.data),
    tellsHref: tellsHref(page, body.data),
    changes: input.changes
      .toReversed()
      .slice(0, 4)
      .map(({ note, waiting }) => ({ ...tell(note, page), waiting })),
    neighbours: input.neighbours ?? noNeighbours,
    languagesHref: page.imprint.draft || page.national ? null : addresses.languages(page.lesson),
    learningResource: page.imprint.draft ? null : learningResource(page, downloads),
    adapted,
    feedback: feedbackForm(page.imprint.edition, page.lesson, page.help),
    verifyHref: page.imprint.code ? addresses.verifyCode(page.imprint.code) : addresses.verify,
  };
  return { data, rules: body.rules };
}
