import type { GlossaryFile } from '../../formats/content/glossaryFile.ts';
import type { Located } from './checkContent.ts';

/** Glossaries of languages that nobody writes in, and source words that two terms claim. */
export function glossaryFindings(
  glossaries: readonly GlossaryFile[],
  languages: readonly string[],
): readonly Located[] {
  return glossaries.flatMap(({ language, terms }) => {
    const place = { file: `content/glossary/${language}.yaml`, line: 1 };
    const owners = new Map<string, string>();
    const doubled = terms.flatMap(({ id, source }) =>
      [source.text, ...source.forms].flatMap((words): readonly Located[] => {
        const key = words.toLowerCase();
        const other = owners.get(key);
        if (other === undefined) owners.set(key, id);
        return other === undefined || other === id
          ? []
          : [{ code: 'termDouble', data: { term: id, other, source: words }, place }];
      }),
    );
    const unknown: readonly Located[] = languages.includes(language)
      ? []
      : [{ code: 'termLanguageUnknown', data: { language }, place }];
    return [...unknown, ...doubled];
  });
}
