import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interfaceLanguages } from '../../../src/domain/access/access.ts';
import { addresses } from '../../../src/site/addresses.ts';
import type { CodeRow, EditionPointer } from '../../../src/site/pointer.ts';
import type { Staged } from './stagedSite.ts';

/** One page in one language. */
export type PublicPage = { readonly kind: string; readonly url: string; readonly status: number };

const read = async <T>(...place: readonly string[]): Promise<T> =>
  JSON.parse(await readFile(join(...place), 'utf8')) as T;

/** Words that lessons of every edition have, and what nobody wrote. */
const asked: Readonly<Record<string, string>> = { en: 'secret', tr: 'sır', ar: 'سر' };

/** What an entry of the pointer is, by its address below the edition. */
function kindOf(path: string): string {
  const [, place, , rest] = path.slice(1).split('/');
  if (place === undefined) return 'edition';
  if (place === 'lessons') return rest === undefined ? 'lesson' : 'file';
  return place === 'plans' ? 'plan' : place;
}

async function editionPages(folder: string, origin: string, tag: string): Promise<readonly PublicPage[]> {
  const pointer = await read<EditionPointer>(folder, 'editions', `${tag}.json`);
  const page = (kind: string, path: string, status = 200): PublicPage => ({ kind, url: origin + path, status });
  const shown = Object.entries(pointer.entries).filter(
    ([, { mediaType, code = 200 }]) => mediaType.startsWith('text/html') && code !== 503,
  );
  const lessons = pointer.facts.rows.map(({ lesson }) => lesson);
  const here = addresses.edition(tag);
  const word = encodeURIComponent(asked[pointer.facts.language.split('-')[0] ?? 'en'] ?? 'a');
  const codes = Object.values(await read<Record<string, CodeRow>>(folder, pointer.codes));
  const verdicts = new Map(codes.map((row) => [row.verdict, row.code]));
  return [
    ...shown.map(([path, { code = 200 }]) => page(kindOf(path), path, code)),
    ...lessons.map((lesson) => page('feedback', addresses.feedback(tag, lesson))),
    page('feedback thanks', `${addresses.feedback(tag, lessons[0] ?? '')}/thanks`),
    page('feedback reported', `${addresses.feedback(tag, lessons[0] ?? '')}/reported`),
    page('search', `${here}?q=${word}`),
    page('search without result', `${here}?q=qzxqzxqzx&age=7-9`),
    page('search without a word', `${here}?q=%3F%3F`),
    page('search too long', `${here}?q=${'x'.repeat(300)}`, 400),
    page('filters', `${here}?age=7-9&screens=none`),
    page('not found', `${here}/nowhere`, 404),
    ...[...verdicts].map(([verdict, code]) => page(`verify ${verdict}`, addresses.verifyCode(code))),
  ];
}

/** Every page of a projected folder, in every language that it can be had in. */
export async function pagesOf(folder: string, origin: string): Promise<readonly PublicPage[]> {
  const tags = await read<readonly string[]>(folder, 'tags.json');
  const ofEditions = await Promise.all(tags.map((tag) => editionPages(folder, origin, tag)));
  const lessons = new Set<string>();
  for (const tag of tags) {
    const { facts } = await read<EditionPointer>(folder, 'editions', `${tag}.json`);
    for (const { lesson, national } of facts.rows) if (!national) lessons.add(lesson);
  }
  const negotiated = interfaceLanguages.flatMap((language): readonly PublicPage[] => {
    const page = (kind: string, path: string, status = 200): PublicPage => {
      const mark = path.includes('?') ? '&' : '?';
      return { kind, url: `${origin}${path}${mark}language=${language}`, status };
    };
    return [
      page('home', addresses.home),
      page('coverage', addresses.coverage),
      page('baseline changes', addresses.baselineChanges),
      page('accessibility', addresses.accessibility),
      page('verify', addresses.verify),
      page('verify unknown', `${addresses.verify}?code=AAAAA-AAAAA`, 404),
      ...[...lessons].map((lesson) => page('languages', addresses.languages(lesson))),
    ];
  });
  return [...ofEditions.flat(), ...negotiated];
}

/** The states that are staged, in every language. */
export function stagedPages(staged: Readonly<Record<'waiting' | 'late' | 'withdrawn', Staged>>): readonly PublicPage[] {
  const { waiting, late, withdrawn } = staged;
  return waiting.tags.flatMap((tag): readonly PublicPage[] => {
    const of =
      ({ origin }: Staged) =>
      (kind: string, path: string, status = 200): PublicPage => ({ kind, url: origin + path, status });
    const language = `language=${tag.slice(0, 2)}`;
    const verify = (from: Staged, kind: string, lesson: string) =>
      of(from)(kind, `${addresses.verifyCode(from.codeOf(tag, lesson))}?${language}`);
    return [
      of(waiting)('lesson with a safety notice', addresses.lesson(tag, 'A3')),
      of(waiting)('lesson recalled', addresses.lesson(tag, 'B4'), 410),
      of(waiting)('lesson left out', addresses.lesson(tag, 'B1'), 410),
      of(waiting)('lesson with failed files', addresses.lesson(tag, 'A1')),
      of(waiting)('file that failed', addresses.file(tag, 'A1', 'pack.pdf'), 503),
      of(waiting)('edition with a safety notice', addresses.edition(tag)),
      of(waiting)('changes with a safety notice', addresses.changes(tag)),
      of(waiting)('feedback refused', `/refused${addresses.feedback(tag, 'A3')}`, 422),
      of(waiting)('start under way', `/?starting&${language}`, 503),
      of(waiting)('coverage with a safety notice', `${addresses.coverage}?${language}`),
      of(waiting)('home with a safety notice', `${addresses.home}?${language}`),
      verify(waiting, 'verify replaced', 'A3'),
      verify(waiting, 'verify recalled', 'B4'),
      verify(waiting, 'verify left out', 'B1'),
      of(late)('lesson withheld', addresses.lesson(tag, 'A3'), 410),
      verify(late, 'verify withheld', 'A3'),
      of(withdrawn)('edition withdrawn', addresses.edition(tag), 410),
      of(withdrawn)('lesson of a withdrawn edition', addresses.lesson(tag, 'A3'), 410),
      verify(withdrawn, 'verify withdrawn', 'A3'),
    ];
  });
}
