import { show } from './bson.ts';
import { sameBag } from './compare.ts';
import type { Run } from './run.ts';
import { doc, type Fields, get, int, string, type Value } from './value.ts';

/** Reads everything back, by the collection and by each index that has all documents. */
export async function compareAll(run: Run): Promise<void> {
  const listed = await run.must(
    doc([
      ['listCollections', int(1)],
      ['nameOnly', { kind: 'boolean', is: true }],
    ]),
    0,
  );
  const names = batchOf(listed).flatMap((each) => textOf(get(each, 'name')));
  // A write that failed may have made the collection that it did not find.
  for (const name of names) run.model.createCollection(name);
  const expected = [...run.model.committed.keys()];
  if (!sameBag(names, expected)) run.differ(`collections ${names}, expected ${expected}`);
  for (const [name, { documents, indexes }] of run.model.committed) {
    const wanted = documents.map(show);
    const whole = indexes.filter(({ sparse, partial }) => !sparse && partial === null);
    for (const index of [null, ...whole]) {
      const hint = index === null ? [] : [['hint', string(index.name)] as const];
      const found = batchOf(await run.must(doc([['find', string(name)], ...hint]), 0)).map(show);
      if (!sameBag(found, wanted)) {
        const by = index === null ? '' : ` by ${index.name}`;
        run.differ(`${name}${by} holds\n   ${found.join('\n   ')}\nexpected\n   ${wanted.join('\n   ')}`);
      }
    }
    const made = batchOf(await run.must(doc([['listIndexes', string(name)]]), 0));
    const told = made.flatMap((each) => textOf(get(each, 'name')));
    const known = indexes.map((each) => each.name);
    if (!sameBag(told, known)) run.differ(`indexes ${told}, expected ${known}`);
  }
}

const textOf = (value: Value | undefined): string[] => (value?.kind === 'string' ? [value.text] : []);

/** The first batch of a reply with a cursor. */
export function batchOf(reply: Fields): Fields[] {
  const cursor = get(reply, 'cursor');
  const batch: Value | undefined = cursor?.kind === 'document' ? get(cursor, 'firstBatch') : undefined;
  return batch?.kind === 'array' ? batch.items.flatMap((each) => (each.kind === 'document' ? [each] : [])) : [];
}
