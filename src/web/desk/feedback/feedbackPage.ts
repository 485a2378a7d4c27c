import type { FeedbackRow } from '../../../commands/feedback/readFeedback.ts';
import type { PublishedLesson } from '../../../domain/edition/publication.ts';
import { type HelplineReport, hardParts, leastShown, type Shown, usables } from '../../../domain/feedback/feedback.ts';
import type { Translate } from '../../route.ts';
import { factHref } from '../workbench/hrefs.ts';

/** The heading of a lesson as readers have it, without its marks. */
function titleOf({ lesson, segments }: PublishedLesson): string {
  const head = lesson.sections.find(({ kind }) => kind === 'head')?.placements ?? [];
  const heading = head.map(({ segment }) => segments[segment]).find((segment) => segment?.kind === 'heading');
  return heading?.text.replace(/[*_]/g, '') ?? lesson.id;
}

/** What the page prints; every number on it is fit to be shown. */
export function feedbackPage(
  t: Translate,
  tag: string,
  given: { readonly rows: readonly FeedbackRow[]; readonly reports: readonly HelplineReport[] },
) {
  const few = t('feedback:desk.few', { count: leastShown });
  const words = (times: Shown) => (times === null ? few : t('feedback:desk.times', { count: times }));
  return {
    few: t('feedback:desk.fewNote', { count: leastShown }),
    rows: given.rows.map(({ lesson, published, shown }) => ({
      lesson,
      title: published && titleOf(published),
      answers: words(shown.answers),
      enough: shown.answers !== null,
      usable: usables.map((each) => ({ name: t(`feedback:usable.${each}`), times: words(shown.usable[each]) })),
      minutes: shown.minutes,
      planned: published?.lesson.fields.minutes ?? null,
      hard: hardParts
        .filter((part) => shown.hard[part] !== null)
        .map((part) => ({ name: t(`feedback:hard.${part}`), times: words(shown.hard[part]) })),
    })),
    reports: given.reports.map(({ fact, fault, on, times }) => ({
      fact,
      href: factHref(tag, fact),
      fault: t(`feedback:fault.${fault}`),
      on,
      times: t('feedback:desk.reported', { count: times }),
    })),
  };
}
