import { servePublic } from '../../../src/publicServer.ts';
import { recallOf } from '../../site/recalls.ts';
import { publish, safetyRelease, editionOf as shelfEdition } from '../../site/shelf.ts';
import { createFixture } from '../../site/siteFixture.ts';
import type { Ground } from './judge.ts';

/** A page as the public server answers it. */
export type ServedPage = {
  /** Of pages of the whole site, the edition whose readers see it in this language. */
  readonly edition: string;
  readonly lesson: string | null;
  readonly address: string;
  readonly code: number;
  readonly html: string;
};

type Asked = Pick<ServedPage, 'edition' | 'lesson' | 'address'>;

async function fetchPages(origin: string, asked: readonly Asked[]): Promise<readonly ServedPage[]> {
  const pages: ServedPage[] = [];
  for (const each of asked) {
    const answer = await fetch(origin + each.address, { redirect: 'manual' });
    pages.push({ ...each, code: answer.status, html: await answer.text() });
  }
  return pages;
}

/** What the server draws when it is asked, in every language of its words. */
function drawnPages(ground: Ground): readonly Asked[] {
  return ground.editions.flatMap(({ edition, language, lessons }) => {
    const [first] = lessons;
    if (first === undefined) return [];
    const code = encodeURIComponent(first.code);
    const site = [
      '/',
      '/verify',
      `/verify/${code}`,
      '/verify/AAAAA-AAAAA',
      '/coverage',
      '/baseline/changes',
      '/nowhere',
    ];
    const inLanguage = [...site, ...lessons.map(({ lesson }) => `/lessons/${lesson}`)];
    const title = encodeURIComponent(first.title);
    const queries = [
      `q=${title}`,
      'q=qqqqzzzz',
      `q=${'x'.repeat(300)}`,
      'screens=none',
      `age=10-12&screens=none&q=${title}`,
    ];
    return [
      ...inLanguage.map((address) => ({ edition, lesson: null, address: `${address}?language=${language}` })),
      ...queries.map((query) => ({ edition, lesson: null, address: `/${edition}?${query}` })),
      { edition, lesson: null, address: `/${edition}/nowhere` },
      ...lessons.flatMap(({ lesson }) =>
        ['', '/thanks', '/reported'].map((outcome) => ({
          ...{ edition, lesson },
          address: `/${edition}/lessons/${lesson}/feedback${outcome}`,
        })),
      ),
    ];
  });
}

/** Every page of the editions as it was written, and those that are drawn when asked for. */
export async function pagesOfSite(ground: Ground): Promise<readonly ServedPage[]> {
  const written = ground.files.filter(({ kind }) => kind === 'page');
  const problems: unknown[] = [];
  const config = { host: '127.0.0.1', port: 0, publicFolder: ground.publicFolder, baseUrl: ground.base };
  const server = await servePublic(config, (problem) => problems.push(problem));
  try {
    const pages = await fetchPages(server.address, [...written, ...drawnPages(ground)]);
    if (problems.length > 0) throw new Error(`The public folder cannot be read: ${String(problems[0])}`);
    return pages;
  } finally {
    await server.close();
  }
}

/**
 * What the real editions do not show today: pages of what was recalled, withheld, left out and withdrawn, codes of those
 * and of paper that was replaced, files that cannot be had. From a small site that all of it has happened to.
 */
export async function pagesOfHardDays(): Promise<readonly ServedPage[]> {
  const site = await createFixture({
    build: async () => {
      throw new Error('made for a page that says so');
    },
  });
  try {
    const { shelf } = site;
    const codes = new Map(shelf.publications.map(({ edition, lessons }) => [edition, lessons]));
    await site.site.projectAll();
    const asked: Asked[] = [];
    const tags = shelf.editions.map(({ tag }) => tag);
    const ask = (addresses: (tag: string) => readonly string[]): void => {
      for (const edition of tags)
        asked.push(...addresses(edition).map((address) => ({ edition, lesson: null, address })));
    };
    shelf.editions = shelf.editions.map((edition) => shelfEdition(edition.tag, { publication: 2 }));
    for (const edition of shelf.editions) {
      const second = publish(shelf, edition, 2, '2026-03-01', '0800 2222');
      shelf.publications = shelf.publications.map((each) =>
        each === second ? { ...each, lessons: each.lessons.filter(({ lesson }) => lesson !== 'B1') } : each,
      );
    }
    safetyRelease(shelf);
    shelf.recalls = [recallOf({ kind: 'lesson', lesson: 'B4' })];
    const verify = (tag: string): readonly string[] =>
      (codes.get(tag) ?? []).map(({ code }) => `/verify/${code}?language=${tag.slice(0, 2)}`);
    const around = (tag: string): readonly string[] =>
      ['', '/help', '/changes', '/lessons/A1', '/lessons/A3', '/lessons/B1', '/lessons/B4', '/lessons/A3/pack.pdf'].map(
        (path) => `/${tag}${path}`,
      );
    ask((tag) => [
      ...around(tag),
      ...verify(tag),
      `/?language=${tag.slice(0, 2)}`,
      `/coverage?language=${tag.slice(0, 2)}`,
    ]);
    await site.site.projectAll();
    const waiting = await fetchPages(site.origin, asked);
    site.clock.now = '2026-04-02T10:00:00.000Z';
    await site.site.projectAll();
    const withheld = await fetchPages(site.origin, asked);
    const withdrawn = { on: '2026-03-04', by: 'x', reason: 'We stop.' };
    shelf.editions = tags.map((tag) => shelfEdition(tag, { publication: null, withdrawn }));
    await site.site.projectAll();
    const stopped = await fetchPages(site.origin, asked);
    const days = { waiting, withheld, withdrawn: stopped };
    return Object.entries(days).flatMap(([day, pages]) =>
      pages.map((page) => ({ ...page, address: `${page.address} (${day})` })),
    );
  } finally {
    await site.close();
  }
}
