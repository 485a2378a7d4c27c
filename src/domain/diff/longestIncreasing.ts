/** The indexes of one longest increasing run of numbers: what can stay where it is while the rest moves around it. */
export function longestIncreasing(numbers: readonly number[]): readonly number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  }
  const run: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] as number) run.push(index);
  return run.reverse();
}

/** What of `after` also stands in `before` and need not move: the most that keep their order. */
export function settled(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((id, index) => [id, index]));
  const common = after.filter((id) => places.has(id));
  const run = longestIncreasing(common.map((id) => places.get(id) as number));
  return new Set(run.map((index) => common[index] as string));
}
