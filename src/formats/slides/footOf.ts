import type { LessonPage } from '../page/lessonPage.ts';
import { frameOf } from '../typst/frame.ts';
import { helpBox } from '../typst/setBlocks.ts';
import { isInline, type Line, type SheetLabels, typedLine, wordsLine } from '../typst/sheetLabels.ts';
import type { DeckFoot } from './deck.ts';

const between = wordsLine(' · ');
const joined = (parts: readonly Line[]): Line =>
  parts.filter(({ length }) => length > 0).flatMap((part, index) => (index === 0 ? part : [...between, ...part]));

/** What a slide says of where it comes from and whom to call, small and the same on each. */
export function footOf(page: LessonPage, labels: SheetLabels): DeckFoot {
  const { imprint } = frameOf(page, labels, [], []);
  const { verifyUrl, licence } = page.imprint;
  const help = helpBox(page, labels, false);
  const calls = help.main.map(({ label, call }): Line => {
    const strong = { kind: 'strong', children: call.filter(isInline) } as const;
    return [...label, ...wordsLine(': '), strong];
  });
  return {
    help: joined([...calls, ...help.notices, help.check]),
    imprint: joined([imprint.short, typedLine(imprint.code), typedLine(licence)]),
    qr: imprint.qr === null || verifyUrl === null ? null : { url: verifyUrl, alt: imprint.qr.alt },
  };
}
