import type { InterfaceLanguage } from '../domain/access/access.ts';
import { codesNear, readCode } from '../domain/edition/code.ts';
import { addresses } from './addresses.ts';
import { answerOf, type createDynamicPages } from './dynamicPages.ts';
import { plainFrame } from './frame.ts';
import type { Words } from './languages.ts';
import { accessibilityView } from './pages/accessibilityView.ts';
import { homeView, proposalFor } from './pages/homeView.ts';
import { type Verdict, verifyView } from './pages/verifyView.ts';
import type { SiteIndex } from './pointer.ts';
import type { PublicFolder } from './publicFolder.ts';
import type { Renderer } from './render.ts';
import type { Answer } from './respond.ts';

export type PublicSiteParts = {
  readonly folder: PublicFolder;
  readonly renderer: Renderer;
  readonly words: Words;
  readonly cached: ReturnType<typeof createDynamicPages>;
  /** `https://headwater.example`, or null: then addresses are relative to the site. */
  readonly base: string | null;
  /** Where readers say that a page does not work for them; null where nobody has named an address. */
  readonly contact: string | null;
};

export const emptyIndex: SiteIndex = { format: 1, releases: [], latestSafety: null, editions: [] };
export const negotiated = { Vary: 'Accept-Encoding, Accept-Language' };
const never = 'no-store';

export function homeAnswer(site: PublicSiteParts, language: InterfaceLanguage, header: string | undefined): Answer {
  const { value, stamp } = site.folder.index();
  const index = value ?? emptyIndex;
  const proposal = proposalFor(index.editions, header);
  const proposed = [proposal.best, ...proposal.alike].map((edition) => edition?.tag ?? '').join();
  return site.cached(`/ ${language} ${proposed}`, stamp, () => {
    const { frame, data } = homeView(index, language, proposal);
    return answerOf(site.renderer.page('home', frame, data), { headers: negotiated });
  });
}

/** `/accessibility`, the same for all editions. */
export function accessibilityAnswer(site: PublicSiteParts, language: InterfaceLanguage): Answer {
  return site.cached(`${addresses.accessibility} ${language}`, '', () => {
    const { frame, data, rules } = accessibilityView(language, site.contact);
    return answerOf(site.renderer.page('accessibility', frame, data, rules), { headers: negotiated });
  });
}

export function progressAnswer(
  site: PublicSiteParts,
  progress: { readonly done: number; readonly total: number; readonly step: string },
  language: InterfaceLanguage,
): Answer {
  const page = site.renderer.page('progress', plainFrame(language, null), { progress });
  return answerOf(page, { code: 503, cache: never, headers: { ...negotiated, 'Retry-After': '3' } });
}

/** Looks in the files of every edition; the database is not asked. */
function find(site: PublicSiteParts, code: string): Verdict | null {
  for (const tag of site.folder.tags()) {
    const { value: pointer } = site.folder.edition(tag);
    const row = pointer && site.folder.codesOf(pointer).get(code);
    if (pointer && row) return { kind: 'found', row, facts: pointer.facts };
  }
  return null;
}

/** What a typed code says. A code nobody printed shows which printed one it may have been. */
function verdictOf(site: PublicSiteParts, typed: string): Verdict {
  const read = readCode(typed);
  const found = read.kind === 'code' ? find(site, read.code) : null;
  if (found) return found;
  const near = codesNear(typed).filter((code) => find(site, code) !== null);
  const guess = read.kind === 'misread' && read.suggestion ? [read.suggestion] : [];
  const shown = typed.replace(/[^\p{L}\p{N} -]/gu, '').slice(0, 20);
  return { kind: 'unknown', typed: shown, suggestions: near.length > 0 ? near.slice(0, 3) : guess };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** `/verify?code=` is what the form sends, `/verify/{code}` what is on paper; both answer at once. */
export function verifyAnswer(
  site: PublicSiteParts,
  inPath: string,
  query: URLSearchParams,
  language: InterfaceLanguage,
): Answer {
  const read = inPath ? decoded(inPath) : (query.get('code') ?? '');
  const typed = (read ?? inPath).slice(0, 60);
  if (typed.trim() === '') {
    return site.cached(`${addresses.verify} ${language}`, '', () => {
      const { frame, data } = verifyView({ kind: 'ask' }, language);
      return answerOf(site.renderer.page('verify', frame, data), { headers: negotiated });
    });
  }
  const verdict = verdictOf(site, typed);
  const { frame, data } = verifyView(verdict, language);
  return answerOf(site.renderer.page('verify', frame, data), {
    code: read === null ? 400 : verdict.kind === 'unknown' ? 404 : 200,
    cache: verdict.kind === 'unknown' ? never : 'no-cache',
    headers: negotiated,
  });
}
