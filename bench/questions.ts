import { wordsIn } from '../src/formats/search/searchWords.ts';

/** What a reader types, by how. */
export type AskedHow =
  | 'word'
  | 'slip'
  | 'beginning'
  | 'words'
  | 'keyboard'
  | 'common'
  | 'sentence'
  | 'nonsense'
  | 'filtered';
export type Asked = { readonly how: AskedHow; readonly address: string };

/** How many of a hundred are asked how. */
const shares: Readonly<Record<AskedHow, number>> = {
  word: 25,
  slip: 15,
  beginning: 12,
  words: 18,
  keyboard: 8,
  common: 5,
  sentence: 4,
  nonsense: 3,
  filtered: 10,
};

const isLong = (word: string): boolean => [...word].length >= 5;

/** One letter left out, doubled, or exchanged with its neighbour. */
function slipIn(word: string, random: () => number): string {
  const letters = [...word];
  const at = 1 + Math.floor(random() * (letters.length - 2));
  const kind = Math.floor(random() * 3);
  const letter = letters[at] ?? '';
  if (kind === 0) letters.splice(at, 1);
  else if (kind === 1) letters.splice(at, 0, letter);
  else letters.splice(at, 2, letters[at + 1] ?? '', letter);
  return letters.join('');
}

/** As a keyboard at hand writes it: capitals with and without their dots, Latin without accents, Arabic without hamza, with its article. */
function fromKeyboard(word: string, language: string, random: () => number): string {
  if (language === 'ar') {
    const plain = word.replace(/[أإآ]/g, 'ا').replaceAll('ة', 'ه').replaceAll('ى', 'ي');
    return plain.startsWith('ال') || random() < 0.5 ? plain : `ال${plain}`;
  }
  const upper = random() < 0.5 ? word.toUpperCase() : word.toLocaleUpperCase(language);
  return random() < 0.5
    ? upper
    : word
        .normalize('NFD')
        .replace(/\p{Mn}/gu, '')
        .replaceAll('ı', 'i');
}

const filters = ['age=10-12', 'minutes=45', 'topic=trust', 'screens=none', 'format=slides', 'age=7-9&screens=none'];

/** Different questions to an edition, drawn from its own texts. */
export function questionsTo(
  home: string,
  texts: readonly string[],
  language: string,
  count: number,
  random: () => number,
): readonly Asked[] {
  const anyOf = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const wordsOf = (text: string): readonly string[] => wordsIn(text, language).map((word) => word.text);
  const longWord = (): string => {
    for (;;) {
      const found = wordsOf(anyOf(texts) ?? '').filter(isLong);
      if (found.length > 0) return anyOf(found) ?? '';
    }
  };
  const often = new Map<string, number>();
  for (const text of texts.slice(0, 3000)) {
    for (const word of wordsOf(text)) often.set(word, (often.get(word) ?? 0) + 1);
  }
  const common = [...often].sort(([, one], [, other]) => other - one).map(([word]) => word);
  let next = 0;
  const write: Readonly<Record<AskedHow, () => string>> = {
    word: longWord,
    slip: () => slipIn(longWord(), random),
    beginning: () => [...longWord()].slice(0, 3 + Math.floor(random() * 2)).join(''),
    words: () => {
      const words = wordsOf(anyOf(texts) ?? '');
      const from = Math.floor(random() * Math.max(1, words.length - 3));
      return words.slice(from, from + 2 + Math.floor(random() * 2)).join(' ');
    },
    keyboard: () => fromKeyboard(longWord(), language, random),
    common: () => `${common[next++ % 60] ?? ''} ${common[Math.floor(random() * 20)] ?? ''}`,
    sentence: () =>
      wordsOf(anyOf(texts) ?? '')
        .slice(0, 12)
        .join(' '),
    nonsense: () => [...longWord(), ...longWord()].sort(() => random() - 0.5).join(''),
    filtered: longWord,
  };
  const asked = new Map<string, Asked>();
  const kinds = (Object.keys(shares) as AskedHow[]).flatMap((how) => Array.from({ length: shares[how] }, () => how));
  for (let tries = 0; asked.size < count && tries < count * 20; tries++) {
    const how = anyOf(kinds) ?? 'word';
    const text = write[how]().slice(0, 200);
    const address = `${home}?q=${encodeURIComponent(text)}${how === 'filtered' ? `&${anyOf(filters)}` : ''}`;
    if (text.trim() !== '') asked.set(address, { how, address });
  }
  return [...asked.values()];
}
