import type { Help } from '../../formats/page/lessonPage.ts';
import { editionFrame } from '../frame.ts';
import type { LoadedEdition } from '../loadEdition.ts';
import type { PagedLesson } from '../pagedLesson.ts';
import type { GoneKind } from '../pointer.ts';
import { tellerOf } from '../tell.ts';

/** What stands at the address of something taken back: the verdict and the helplines, nothing else. */
export function goneView(
  loaded: LoadedEdition,
  help: Help,
  kind: GoneKind,
  lesson: { readonly id: string; readonly title: string; readonly loaded: PagedLesson | null } | null,
) {
  const { edition } = loaded;
  const recall = kind === 'recalled' ? (lesson?.loaded?.recall ?? null) : null;
  const standing = lesson?.loaded?.standing ?? null;
  const withdrawn = kind === 'withdrawn' ? edition.withdrawn : null;
  const tell = tellerOf(loaded);
  const missing = standing?.sets.filter(({ severity }) => severity === 'safety') ?? [];
  const safety = kind === 'recalled' || kind === 'withheld';
  const data = {
    kind,
    tone: safety ? 'safety' : 'plain',
    lesson: lesson?.id ?? null,
    lessonTitle: lesson?.title ?? null,
    reason: recall?.reason ?? withdrawn?.reason ?? null,
    reasonEnglish: recall !== null,
    instead: recall?.instead ?? null,
    since: recall?.inForceSince ?? withdrawn?.on ?? null,
    recall: recall?.id ?? null,
    due: kind === 'withheld' ? (standing?.due ?? null) : null,
    sets: kind === 'withheld' ? missing.map((note) => tell(note, lesson?.loaded?.page ?? null)) : [],
    others: kind !== 'withdrawn',
  };
  return { frame: editionFrame(edition, help, null), data };
}
