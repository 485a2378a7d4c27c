import type { ResolvedFact } from '../../domain/facts/fact.ts';
import { dialOf } from '../../domain/facts/factValue.ts';
import { hasValue } from '../../domain/facts/resolveFacts.ts';
import type { Inline } from './lessonPage.ts';
import { splitNumbers } from './numberRuns.ts';

/** `https://www.example.org/help/` is printed `www.example.org/help`. */
export function urlLabel(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** The name to print before a number: none where the printed number already says it (`ALO 183`). */
export function nameBeside(name: string | undefined, display: string): string {
  return name && !display.toLowerCase().includes(name.toLowerCase()) ? name : '';
}

/** National wording; an article like `103/1` in it must not be reordered either. */
function wordingNodes(text: string): readonly Inline[] {
  return splitNumbers(text).map((node) => (node.kind === 'text' ? { kind: 'wording', text: node.text } : node));
}

/** The nodes of a fact, in a grammatical form where the text asks for one; none without a value. */
export function factInlines(fact: ResolvedFact, form: string | undefined, language: string): readonly Inline[] {
  const { neutral, wording } = fact;
  if (!hasValue(fact.type, neutral, wording)) return [];
  const formed = form === undefined ? undefined : wording.forms?.[form];
  switch (fact.type) {
    case 'phone':
    case 'contact':
    case 'url': {
      const name = formed ?? wording.name;
      if (fact.type !== 'url' && neutral.phone) {
        const display = neutral.display ?? neutral.phone;
        return [{ kind: 'phone', name: nameBeside(name, display), display, dial: dialOf(neutral.phone) }];
      }
      const url = neutral.url ?? '';
      return [{ kind: 'url', name: name ?? '', url, label: urlLabel(url) }];
    }
    case 'age':
      return [{ kind: 'age', years: neutral.years ?? 0 }];
    case 'law':
    case 'text':
      return wordingNodes(formed ?? wording.text ?? '');
    case 'list':
      return wordingNodes(formed ?? new Intl.ListFormat(language).format(wording.list ?? []));
  }
}
