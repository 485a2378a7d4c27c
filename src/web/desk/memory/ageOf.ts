import { dayOf, daysBetween, type Instant } from '../../../domain/time.ts';
import { numberingTag } from '../../i18n.ts';

/** How long ago, in words of the reader's language: "today", "3 months ago". */
export function ageOf(at: Instant, now: Instant, language: string): string {
  const days = Math.max(0, daysBetween(dayOf(at), dayOf(now)));
  const words = new Intl.RelativeTimeFormat(numberingTag(language), { numeric: 'auto' });
  if (days < 14) return words.format(-days, 'day');
  if (days < 60) return words.format(-Math.round(days / 7), 'week');
  if (days < 730) return words.format(-Math.round(days / 30.4), 'month');
  return words.format(-Math.round(days / 365.25), 'year');
}
