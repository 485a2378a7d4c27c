/** Of a long text only so many triples are kept: always the same ones, so that similar texts keep similar ones. */
const mostGrams = 64;

/**
 * The triples of letters that a text consists of, as numbers, each once. Capital letters count as small ones, and the ends
 * of the text are a letter, so that short texts have some, too. Code points: it works the same in any script.
 */
export function gramsOf(text: string): readonly number[] {
  const letters = Array.from(text.toLowerCase(), (letter) => letter.codePointAt(0) ?? 0);
  const found = new Set<number>();
  for (let place = -1; place < letters.length; place++) {
    found.add(mixed(letters[place - 1] ?? 0, letters[place] ?? 0, letters[place + 1] ?? 0));
  }
  if (found.size <= mostGrams) return [...found];
  return [...found].sort((one, other) => one - other).slice(0, mostGrams);
}

/** Three code points mixed into 32 bits (the last steps of MurmurHash 3): what comes out small is a matter of chance. */
function mixed(one: number, two: number, three: number): number {
  let hash = Math.imul(one, 0x9e3779b1) ^ Math.imul(two, 0x85ebca77) ^ Math.imul(three, 0xc2b2ae3d);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
