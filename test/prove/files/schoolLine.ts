import { join } from 'node:path';
import sharp from 'sharp';
import { type Check, check } from './judge.ts';
import { carriesNumbers, type PaperCase, sheetOf } from './paperChecks.ts';
import { folded, unvowelled } from './reading.ts';
import { runTool } from './tools.ts';

const dpi = 144;
const dotsPerPoint = dpi / 72;
/** In points: as long as a name and a number in handwriting need, on the narrowest of the cards. */
const shortest = 90;
/** Beside the label on a sheet, below it on a card. */
const below = 36;
const dark = 160;

type Spot = { readonly page: number; readonly top: number; readonly bottom: number };

const turned = (text: string): string => [...text].reverse().join('');
const number = (tag: string, name: string): number => Number(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]);

/** Where the longest word of a label stands, on every page; words of right-to-left scripts may be told turned around. */
function spotsOf(label: string, boxes: string): readonly Spot[] {
  const words = unvowelled(label).match(/\p{L}+/gu) ?? [];
  const longest = words.toSorted((one, other) => other.length - one.length)[0] ?? '';
  const meant = [longest, turned(longest)];
  return boxes
    .split('<page ')
    .slice(1)
    .flatMap((page, index) =>
      [...page.matchAll(/<word ([^>]*)>([^<]*)<\/word>/g)].flatMap(([, tag = '', text = '']): readonly Spot[] => {
        const bare = unvowelled(folded(text)).replace(/[^\p{L}]/gu, '');
        return meant.includes(bare) ? [{ page: index + 1, top: number(tag, 'yMin'), bottom: number(tag, 'yMax') }] : [];
      }),
    );
}

/** The longest unbroken row of dark dots near a spot, in points. */
async function lineAt(path: string, { page, top, bottom }: Spot, to: string): Promise<number> {
  const picked = ['-r', String(dpi), '-gray', '-png', '-singlefile', '-f', String(page), '-l', String(page)];
  await runTool('pdftoppm', [...picked, path, to]);
  const { data, info } = await sharp(`${to}.png`).greyscale().raw().toBuffer({ resolveWithObject: true });
  let longest = 0;
  const last = Math.min(info.height, Math.ceil((bottom + below) * dotsPerPoint));
  for (let y = Math.floor(top * dotsPerPoint); y < last; y++) {
    let run = 0;
    for (let x = 0; x < info.width; x++) {
      run = (data[(y * info.width + x) * info.channels] ?? 255) < dark ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
  }
  return longest / dotsPerPoint;
}

/**
 * What people take with them has a ruled line for whom to go to in their own school: handouts, letters, and the cards with
 * the numbers. Looked for as ink: the label alone would be a line that nobody can write on.
 */
export async function schoolLineCheck(it: PaperCase, folder: string): Promise<readonly Check[]> {
  const sheet = sheetOf(it.file, it.lesson);
  const taken = sheet?.kind === 'handout' || sheet?.kind === 'letter' || carriesNumbers(sheet, it.lesson);
  if (sheet === null || !taken) return [];
  const { out } = await runTool('pdftotext', ['-enc', 'UTF-8', '-bbox', it.file.path, '-']);
  const spots = spotsOf(it.edition.labels.schoolLine, out);
  // The words of a sheet may hold the same word: one of the places has to have the line.
  const lengths = await Promise.all(
    spots.map((spot, index) => lineAt(it.file.path, spot, join(folder, `${it.file.sha256}-${index}`))),
  );
  const found = lengths.some((length) => length >= shortest);
  const told = spots.length === 0 ? 'its label is not printed' : `the longest line is ${Math.max(...lengths)} points`;
  return [check('a ruled line for whom to go to in the own school', found, told)];
}
