import type { InterfaceLanguage } from '../domain/access/access.ts';
import { addresses } from './addresses.ts';
import { emptyIndex, negotiated, type PublicSiteParts } from './dynamicAnswers.ts';
import { answerOf } from './dynamicPages.ts';
import { baselineFeed, baselineView } from './pages/changesView.ts';
import { coverageView } from './pages/coverageView.ts';
import type { BaselineHistory } from './pointer.ts';
import { type Answer, pageHeaders } from './respond.ts';

const nothingYet: BaselineHistory = { format: 1, releases: [] };

/** `/coverage`, from the index alone. */
export function coverageAnswer(site: PublicSiteParts, language: InterfaceLanguage): Answer {
  const { value, stamp } = site.folder.index();
  return site.cached(`${addresses.coverage} ${language}`, stamp, () => {
    const { frame, data } = coverageView(value ?? emptyIndex, language);
    return answerOf(site.renderer.page('coverage', frame, data), { headers: negotiated });
  });
}

export function baselineAnswer(site: PublicSiteParts, language: InterfaceLanguage): Answer {
  const { value, stamp } = site.folder.baseline();
  return site.cached(`${addresses.baselineChanges} ${language}`, stamp, () => {
    const { frame, data } = baselineView(value ?? nothingYet, language);
    return answerOf(site.renderer.page('baselineChanges', frame, data), { headers: negotiated });
  });
}

export function baselineFeedAnswer(site: PublicSiteParts): Answer {
  const { value, stamp } = site.folder.baseline();
  return site.cached(addresses.baselineFeed, stamp, () => {
    const feed = answerOf({ html: baselineFeed(value ?? nothingYet, site.words, site.base), style: 'none' });
    return { ...feed, mediaType: feedType, headers: pageHeaders({}) };
  });
}

export const feedType = 'application/atom+xml; charset=utf-8';
