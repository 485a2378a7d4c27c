import type { ErrorCode, ErrorData } from '../domain/errors.ts';
import type { PublicSiteParts } from './dynamicAnswers.ts';
import { answerOf } from './dynamicPages.ts';
import { feedbackPageView, type Said, type SentForm } from './pages/feedbackView.ts';
import type { EditionFacts, LessonRow } from './pointer.ts';
import type { Answer } from './respond.ts';

/** A form that was refused: where it was sent, why, and what was in it. */
export type RefusedForm = readonly [path: string, code: ErrorCode, values: ErrorData, httpCode: number, sent: SentForm];

type Asked = {
  readonly facts: EditionFacts;
  readonly row: LessonRow;
  readonly outcome: string | null;
  readonly stamp: string;
};

/** The lesson whose form is at a path; null where no lesson of a published edition is. */
function askedAt({ folder }: PublicSiteParts, path: string): Asked | null {
  const [, tag, lesson, outcome] =
    /^\/([A-Za-z0-9-]{2,60})\/lessons\/([^/?]{1,80})\/feedback(?:\/(thanks|reported))?(?:\?.*)?$/.exec(path) ?? [];
  if (tag === undefined || lesson === undefined || !folder.tags().includes(tag)) return null;
  const { value: pointer, stamp } = folder.edition(tag);
  if (!pointer || pointer.publication === null) return null;
  const row = pointer.facts.rows.find((each) => encodeURIComponent(each.lesson) === lesson);
  return row ? { facts: pointer.facts, row, outcome: outcome ?? null, stamp } : null;
}

/** `/{edition}/lessons/{lesson}/feedback`: the form by itself, and below it what came of it. */
export function feedbackAnswer(site: PublicSiteParts, path: string): Answer | null {
  const asked = askedAt(site, path);
  if (!asked) return null;
  const { facts, row, outcome, stamp } = asked;
  return site.cached(path, stamp, () => {
    const said: Said = outcome === 'thanks' || outcome === 'reported' ? { kind: outcome } : { kind: 'ask' };
    const { frame, data } = feedbackPageView(facts, row, said);
    return answerOf(site.renderer.page('feedback', frame, data));
  });
}

/**
 * Why a form could not be taken, with the helpline above and the form below as it was `sent`; null where there is no
 * such form.
 */
export function feedbackRefusal(site: PublicSiteParts, ...refused: RefusedForm): Answer | null {
  const [path, code, values, httpCode, sent] = refused;
  const asked = askedAt(site, path);
  if (!asked || asked.outcome !== null) return null;
  const away = httpCode >= 500;
  const said: Said = away ? { kind: 'away' } : { kind: 'refused', code, values, sent };
  const { frame, data } = feedbackPageView(asked.facts, asked.row, said, site.words);
  return answerOf(site.renderer.page('feedback', frame, data), {
    code: httpCode,
    cache: 'no-store',
    headers: away ? { 'Retry-After': '60' } : {},
  });
}
