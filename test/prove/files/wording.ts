import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExpectedEdition } from './judge.ts';

const content = join(import.meta.dirname, '../../../content');
const read = (...place: readonly string[]): string => readFileSync(join(content, ...place), 'utf8');
/** Every text of a folder, in one; empty where there is none. */
function texts(...place: readonly string[]): string {
  const folder = join(content, ...place);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : [];
  return names.map((name) => read(...place, name)).join('\n');
}

/** Words without the marks of Markdown. */
const bare = (text: string): string => text.replace(/[*_\\]/g, '');

/**
 * What is expected of the files comes out of the store: here it is held against the content as people wrote it, so that
 * the store and the files cannot be wrong in the same way.
 */
export function wordingFaults(editions: readonly ExpectedEdition[]): readonly string[] {
  return editions.flatMap(({ edition, country, language, lessons }) => {
    const facts = `${read('jurisdictions', `${country}.yaml`)}\n${read('baseline', 'facts.yaml')}`;
    // An edition in the baseline's own language has files only for what it says otherwise.
    const source = language === 'en' ? texts('baseline', 'lessons') + texts('baseline', 'shared') : '';
    const words = bare(texts('editions', edition) + source);
    return lessons.flatMap(({ lesson, title, steps, help }) => {
      const lost = [title, ...steps].filter((text) => !words.includes(text));
      const numbers = help.flatMap(({ display, url }) => [display, url]).filter((value) => value !== '');
      const unknown = numbers.filter((value) => !facts.includes(value));
      return [...lost, ...unknown].map((text) => `${edition} ${lesson}: “${text}” is not in the content`);
    });
  });
}
