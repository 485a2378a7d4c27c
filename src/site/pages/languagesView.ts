import type { InterfaceLanguage } from '../../domain/access/access.ts';
import { addresses } from '../addresses.ts';
import { plainFrame } from '../frame.ts';
import { countryName, directionOf, ownName } from '../languages.ts';
import type { EditionFacts } from '../pointer.ts';

/** One lesson in one edition. */
export type LessonElsewhere = { readonly facts: EditionFacts; readonly title: string };

/** A lesson in every language that has it: countries in the reader's language, titles in their own. */
export function languagesView(lesson: string, language: InterfaceLanguage, found: readonly LessonElsewhere[]) {
  const collator = new Intl.Collator(language);
  const editions = found
    .map(({ facts: { tag, language: spoken, country, demonstration }, title }) => ({
      title,
      lang: spoken,
      dir: directionOf(spoken),
      own: ownName(spoken),
      countryName: countryName(language, country),
      demonstration,
      href: addresses.lesson(tag, lesson),
    }))
    .sort((one, other) => collator.compare(one.countryName, other.countryName) || collator.compare(one.own, other.own));
  return { frame: plainFrame(language, null), data: { lesson, editions } };
}
