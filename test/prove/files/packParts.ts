import type { Check, Ground } from './judge.ts';
import { check } from './judge.ts';
import type { PaperCase } from './paperChecks.ts';
import { folded } from './reading.ts';
import { wanted, wordsReading } from './readPaper.ts';

/** A part of a pack and its pages, as the pack itself says; both ends count. */
export type PackPart = { readonly title: string; readonly first: number; readonly last: number };

export type PackSays = {
  readonly parts: readonly PackPart[];
  /** Of the pack, as its note says; null where it says none. */
  readonly pages: number | null;
};

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** The cells of a row may be broken over lines next to each other: the first words of a title are whole. */
const opening = (title: string): string => title.split(' ').slice(0, 3).join(' ');

/** What the table of contents of a pack says, on its first pages; parts that it does not name are left out. */
export function packSays({ paper, edition, lesson }: PaperCase): PackSays {
  const { labels, direction } = edition;
  const text = folded(paper.words.slice(0, 2).join('\n'));
  let at = text.indexOf(wanted(labels.packTitle, direction));
  if (at < 0) return { parts: [], pages: null };
  const titles = [labels.teacherGuide, ...lesson.page.sheetsToPrint.map(({ title }) => title)];
  const parts = titles.flatMap((title): readonly PackPart[] => {
    const row = new RegExp(
      `(?<![\\p{N}–])(\\d+)(?:–(\\d+))? ${quoted(opening(folded(wanted(title, direction))))}`,
      'gu',
    );
    row.lastIndex = at;
    const found = row.exec(text);
    if (found === null) return [];
    at = row.lastIndex;
    return [{ title, first: Number(found[1]), last: Number(found[2] ?? found[1]) }];
  });
  const before = folded(wanted(labels.packNote, direction)).split('{{pages}}')[0]?.trim() ?? '';
  const pages = new RegExp(`${quoted(before)} ?(\\d+)`, 'u').exec(text.slice(at))?.[1];
  return { parts, pages: pages === undefined ? null : Number(pages) };
}

/** The pages of a sheet's own file on the same paper; null where it has none. */
function ownPages({ file }: PaperCase, name: string, ground: Ground): number | null {
  const ending = file.paper === 'letter' ? '.letter.pdf' : '.pdf';
  const own = ground.files.find(
    (each) => each.edition === file.edition && each.lesson === file.lesson && each.name === name + ending,
  );
  return own?.pages ?? null;
}

/**
 * Whether a pack's contents are true: each part is named, begins on the front of a leaf, on the page where its title stands,
 * right behind the part before it, and has as many pages as its own file; the last ends with the pack.
 */
export function contentsCheck(it: PaperCase, says: PackSays, ground: Ground): Check {
  const { paper, edition, lesson } = it;
  const sheets = lesson.page.sheetsToPrint;
  const all = paper.sizes.length;
  const titles = [lesson.title, ...sheets.map(({ title }) => title)];
  const faults: string[] = [];
  if (says.parts.length !== titles.length) faults.push(`${says.parts.length} of ${titles.length} parts are named`);
  if (says.pages !== all) faults.push(`it says ${says.pages} pages, and has ${all}`);
  let next = 1;
  for (const [index, { title, first, last }] of says.parts.entries()) {
    if (first !== next) faults.push(`“${title}” is said to begin on page ${first}, not ${next}`);
    if (last < first) faults.push(`“${title}” ends before it begins`);
    const page = wordsReading(paper, first - 1, first);
    const printed = wanted(titles[index] ?? title, edition.direction);
    if (page.find(printed, 0) === null) faults.push(`“${title}” does not begin on page ${first}`);
    const own = index === 0 ? null : ownPages(it, sheets[index - 1]?.name ?? '', ground);
    if (own !== null && own !== last - first + 1) faults.push(`“${title}” has ${own} pages, not ${last - first + 1}`);
    // The back of a leaf stays empty where a part has an odd number of pages.
    next = last + 1 + (last % 2);
  }
  const end = says.parts.at(-1)?.last;
  if (end !== all) faults.push(`its last part ends on page ${end} of ${all}`);
  return check('its contents are true: every part, its pages and their sum', faults.length === 0, faults.join('; '));
}
