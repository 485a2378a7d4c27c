import { type Placeholder, placeholdersOf } from '../../../domain/package/placeholders.ts';
import type { Translate } from '../../route.ts';
import { factWords, type ValuePiece } from '../facts/factWords.ts';
import { factHref } from './hrefs.ts';
import type { LessonDesk } from './lessonDesk.ts';

/** A fact of the source with the value that stands for it here. */
export type FactShown = {
  readonly name: string;
  readonly href: string;
  readonly pieces: readonly ValuePiece[];
  readonly problem: string | null;
};

const nameOf = ({ key, form }: Placeholder) => (form === undefined ? `{${key}}` : `{${key}|${form}}`);
/** The facts of a source as they are written in a text, each once. */
export const placeholderNames = (source: string) => [...new Set(placeholdersOf(source).map(nameOf))];

/** What the source's facts say here, each form once. */
export function valuesOf(t: Translate, desk: LessonDesk, source: string): readonly FactShown[] {
  const { edition } = desk.working;
  const named = new Map(placeholdersOf(source).map((each) => [`${each.key}|${each.form ?? ''}`, each]));
  return [...named.values()].map(({ key, form }) => {
    const fact = desk.facts.facts[key];
    const pieces = factWords(fact, form, edition.language);
    const problem = fact?.problem ?? (pieces.length === 0 ? 'empty' : null);
    return {
      name: nameOf({ key, ...(form === undefined ? {} : { form }) }),
      href: factHref(edition.tag, key),
      pieces,
      problem: problem === null ? null : t(`edition:facts.problems.${problem}`),
    };
  });
}
