import type { ErrorCode, ErrorData } from '../../domain/errors.ts';
import { hardParts, helplineFaults, minuteChoices, usables } from '../../domain/feedback/feedback.ts';
import type { LessonId } from '../../domain/package/lessonPackage.ts';
import type { Help } from '../../formats/page/lessonPage.ts';
import { addresses } from '../addresses.ts';
import { editionFrame } from '../frame.ts';
import type { Words } from '../languages.ts';
import type { EditionFacts, LessonRow } from '../pointer.ts';

/** What the page of the form says first. `away`: it cannot be taken just now. */
export type Said =
  | { readonly kind: 'ask' | 'thanks' | 'reported' | 'away' }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly values: ErrorData; readonly sent: SentForm };

/** Fields by name, as somebody sent them: anything may stand in them. */
export type SentForm = Readonly<Record<string, string | readonly string[]>>;

/**
 * The form at the foot of a lesson, and on a page of its own; with what was chosen in `sent`. Only what the form offers
 * can be chosen: nothing else of what was sent is on the page.
 */
export function feedbackForm(tag: string, lesson: LessonId, help: Help, sent: SentForm = {}) {
  const all = (name: string): readonly string[] => [sent[name] ?? []].flat();
  const last = (name: string): readonly string[] => all(name).slice(-1);
  const among = <T extends string | number>(offered: readonly T[], chosen: readonly string[]) =>
    offered.map((value) => ({ value, chosen: chosen.includes(`${value}`) }));
  return {
    action: addresses.feedback(tag, lesson),
    usables: among(usables, last('usable')),
    minutes: among(minuteChoices, last('minutes')),
    hard: among(hardParts, all('hard')),
    faults: among(helplineFaults, last('fault')),
    lines: help.lines.map((line) => ({ ...line, chosen: last('line').includes(line.key) })),
  };
}

/** The question that was left open, and the first choice of its answers. */
function missingOf({ field }: ErrorData, { lines }: Help) {
  if (field === 'usable') return { ask: 'feedback:usable.ask', href: `#usable-${usables[0]}` };
  if (field === 'line') return { ask: 'feedback:line.ask', href: `#line-${lines[0]?.use ?? ''}` };
  return field === 'fault' ? { ask: 'feedback:fault.ask', href: `#fault-${helplineFaults[0]}` } : null;
}

/** The form by itself. After an answer it is not shown again: what was said is said. */
export function feedbackPageView(facts: EditionFacts, row: LessonRow, said: Said, words?: Words) {
  const frame = editionFrame(facts, facts.help, 'lessons');
  const refusal =
    said.kind === 'refused' && words !== undefined ? words(frame.language, `errors:${said.code}`, said.values) : null;
  const data = {
    lesson: row.lesson,
    title: row.title,
    lessonHref: addresses.lesson(facts.tag, row.lesson),
    said: said.kind,
    refusal,
    missing: said.kind === 'refused' ? missingOf(said.values, facts.help) : null,
    // Sent by the desk, whose policy lets nothing run but its own: the page is left by the links.
    ...(refusal === null ? {} : { exitScript: null }),
    feedback:
      said.kind === 'ask' || said.kind === 'refused'
        ? feedbackForm(facts.tag, row.lesson, facts.help, said.kind === 'refused' ? said.sent : {})
        : null,
  };
  return { frame, data };
}
