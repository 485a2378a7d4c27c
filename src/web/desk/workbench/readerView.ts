import type { EditionFacts } from '../../../commands/edition/loadWorking.ts';
import { baselineLanguage, type WorkingUnit } from '../../../domain/edition/workingText.ts';
import { directionOf } from '../../../domain/language.ts';
import type { SegmentId } from '../../../domain/package/lessonPackage.ts';
import { parseText, type TextContext } from '../../../formats/page/parseText.ts';
import type { Previews } from '../preview/port.ts';
import type { LessonTexts } from './lessonDesk.ts';

/** HTML that was escaped leaf by leaf: the template puts it in as it is. */
export type Safe = { readonly toHTML: () => string };
const safe = (html: string): Safe => ({ toHTML: () => html });

/** One text of the section as its readers see it. */
export type ReaderBlock = {
  readonly open: boolean;
  readonly heading: boolean;
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly paragraphs: readonly Safe[];
};

/** How many texts of the section stand before and after the open one. */
const neighbours = 1;

type Texts = Pick<LessonTexts, 'working' | 'units' | 'lesson'> & { readonly facts: EditionFacts };

function contextOf({ working, units, facts }: Texts, language: string): TextContext {
  const textOf = (segment: SegmentId) => {
    const unit = units.get(segment);
    return unit === undefined ? undefined : unit.text || unit.source;
  };
  return { language, facts: facts.facts, textOf: (id) => textOf(id) ?? working.lessonPackage.segments[id]?.text };
}

/** The words of one text as its readers see them, with facts filled in. */
export function readerWords(previews: Pick<Previews, 'words'>, desk: Texts, text: string): readonly string[] {
  const paragraphs = parseText(text, contextOf(desk, desk.working.edition.language));
  return paragraphs.map((paragraph) => previews.words(paragraph));
}

/**
 * The open unit among its neighbours, as on the readers' page; `target` is what stands in the field. A segment without a
 * text of ours shows its source, as it would in a demonstration edition.
 */
export function readerView(
  previews: Pick<Previews, 'words'>,
  desk: Texts,
  opened: SegmentId,
  target: string,
): readonly ReaderBlock[] {
  const { edition, lessonPackage } = desk.working;
  const section = desk.lesson.sections.find((each) => each.placements.some(({ segment }) => segment === opened));
  const segments = section?.placements.map(({ segment }) => segment) ?? [opened];
  const shown = [...new Set(segments)].filter((id) => id === opened || !desk.units.get(id)?.omitted);
  const at = shown.indexOf(opened);
  return shown.slice(Math.max(0, at - neighbours), at + neighbours + 1).flatMap((id) => {
    const unit = desk.units.get(id);
    if (unit === undefined) return [];
    const ours = id === opened ? target : unit.text;
    const lang = languageOf(unit, ours, edition.language);
    return [
      {
        open: id === opened,
        heading: lessonPackage.segments[id]?.kind === 'heading',
        lang,
        dir: directionOf(lang),
        paragraphs: readerWords(previews, desk, ours || unit.source).map(safe),
      },
    ];
  });
}

function languageOf(unit: WorkingUnit, ours: string, language: string): string {
  return ours === '' || (unit.origin === 'inherited' && ours === unit.source) ? baselineLanguage : language;
}
