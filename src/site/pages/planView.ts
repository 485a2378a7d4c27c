import { type Band, bands } from '../../domain/package/lessonPackage.ts';
import { plainText } from '../../formats/page/plainText.ts';
import { addresses } from '../addresses.ts';
import { editionFrame } from '../frame.ts';
import type { PagedLesson } from '../pagedLesson.ts';
import type { EditionFacts } from '../pointer.ts';
import { runsOf } from './lessonBody.ts';

/** The bands that have a lesson to read, in teaching order. */
export const bandsWith = (facts: EditionFacts): readonly Band[] =>
  bands.filter((band) => facts.rows.some((row) => row.band === band));

/** The plan of an age band: the order of its lessons, their minutes and what each needs; then the band's own words. */
export function planView(facts: EditionFacts, lessons: readonly PagedLesson[], band: Band) {
  const inBand = lessons.filter(({ gone, page }) => gone === null && page.band === band);
  const rows = new Map(facts.rows.map((row) => [row.lesson, row]));
  const sheets = inBand.flatMap(({ page, standing }) => {
    const avoid = new Set(standing.avoid);
    return page.sheetsToPrint
      .filter(({ kind }) => kind === 'plan')
      .map(({ title, blocks }) => ({ title, runs: runsOf(blocks.filter(({ segment }) => !avoid.has(segment))) }));
  });
  const ages = inBand[0]?.page.ages ?? null;
  const data = {
    band,
    ages: ages && { from: ages[0], to: ages[1] },
    minutes: inBand.reduce((sum, { page }) => sum + page.minutes, 0),
    count: inBand.length,
    lessons: inBand.map(({ page, standing }) => ({
      lesson: page.lesson,
      title: page.title,
      href: addresses.lesson(facts.tag, page.lesson),
      minutes: page.minutes,
      booster: page.booster,
      sheets: page.sheets,
      noScreen: page.screens === 'none',
      needs: page.materials
        .filter(({ segment }) => !standing.avoid.includes(segment))
        .map(({ paragraphs }) => plainText(paragraphs, 'isolated')),
      print: rows.get(page.lesson)?.print ?? null,
    })),
    sheets,
    bandHref: `${addresses.edition(facts.tag)}#band-${band}`,
    pictureBase: addresses.pictureBase(facts.tag),
  };
  return { frame: editionFrame(facts, facts.help, 'lessons'), data };
}
