import type { Block, HelpLine, Inline, LessonPage, LessonSlide } from '../page/lessonPage.ts';
import { frameOf } from '../typst/frame.ts';
import { helpBox, setBlocks } from '../typst/setBlocks.ts';
import { labelLine, type SheetLabels } from '../typst/sheetLabels.ts';
import type { BareSlide } from './deck.ts';
import { footOf } from './footOf.ts';

type Call = Extract<Inline, { kind: 'phone' | 'url' }>;

const callsIn = (nodes: readonly Inline[]): readonly Call[] =>
  nodes.flatMap((node): readonly Call[] => {
    if (node.kind === 'phone' || node.kind === 'url') return [node];
    return 'children' in node ? callsIn(node.children) : [];
  });

const callsOf = ({ paragraphs }: Block): readonly Call[] => callsIn(paragraphs.flat());

const isCallOf = (call: Call, { dial, url }: HelpLine): boolean =>
  call.kind === 'phone' ? dial !== '' && call.dial === dial : url !== '' && call.url === url;

/** Whether a slide says nothing but numbers and addresses that the help slide gives anyway, and larger. */
export function isOnlyHelp({ lines }: LessonSlide, { help }: LessonPage): boolean {
  return (
    lines.length > 0 &&
    lines.every((block) => {
      const calls = callsOf(block);
      const known = calls.every((call) => help.lines.some((line) => isCallOf(call, line)));
      return block.kind === 'item' && calls.length > 0 && known;
    })
  );
}

const talks: readonly HelpLine['use'][] = ['child', 'crisis', 'danger'];

/**
 * The last slide, in place of the content's own where that has nothing else. Where to report and to have pictures taken
 * down is for adults, and for children where their own slide says it.
 */
export function helpSlide(page: LessonPage, labels: SheetLabels, own: LessonSlide | undefined): BareSlide {
  const said = own?.lines.flatMap(callsOf) ?? [];
  const shown = (line: HelpLine): boolean =>
    talks.includes(line.use) || page.group === 'adults' || said.some((call) => isCallOf(call, line));
  const help = { ...page.help, lines: page.help.lines.filter(shown) };
  const { imprint } = frameOf(page, labels, [], []);
  return {
    kind: 'help',
    title: own?.title ?? labelLine(labels.help),
    notes: setBlocks(own?.notes ?? [], labels),
    help: helpBox({ ...page, help }, labels, true),
    question: imprint.code === '' ? [] : labelLine(labels.slidesCurrent),
    how: imprint.how,
    code: imprint.code,
    qr: footOf(page, labels).qr,
  };
}
