import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type MemoryEntry, MemoryIndex, type MemoryMatch } from '../../../src/domain/memory/memoryIndex.ts';
import { Alphabet, likeness } from '../../../src/domain/memory/similarity.ts';

const runs = 100;
const entry = (over: Partial<MemoryEntry> & Pick<MemoryEntry, 'source'>): MemoryEntry => ({
  edition: 'tr-TR',
  segment: 'B4.act.1',
  revision: 1,
  target: `«${over.source}»`,
  state: 'translated',
  at: '2026-01-01T00:00:00.000Z',
  place: 'working',
  ...over,
});
const word = fc.constantFrom(
  'tell',
  'an',
  'adult',
  'keep',
  'the',
  'proof',
  'stop',
  'anlat',
  'قل',
  '告诉',
  'บอก',
  '{helpline.child}',
  '{a.b|c}',
  '😀',
);
const text = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));
const edits = fc.array(fc.tuple(fc.nat(200), fc.constantFrom('x', 'ö', ' ', '')), { maxLength: 6 });
const edited = fc.tuple(text, edits).map(([whole, changes]) =>
  changes.reduce((now, [place, letter]) => {
    const at = now.length === 0 ? 0 : place % now.length;
    return now.slice(0, at) + letter + now.slice(at + 1);
  }, whole),
);
const entries = fc
  .array(
    fc.record({
      source: edited,
      state: fc.constantFrom('translated' as const, 'reviewed' as const),
      edition: fc.constantFrom('tr-TR', 'tr-CY'),
    }),
    {
      maxLength: 25,
    },
  )
  .map((list) => list.map((each, place) => entry({ ...each, segment: `S${place}`, target: `T${place}` })));

const indexOf = (list: readonly MemoryEntry[]): MemoryIndex => {
  const index = new MemoryIndex();
  for (const each of list) index.put(each);
  return index;
};
const ask = (index: MemoryIndex, source: string, limit = 3): readonly MemoryMatch[] =>
  index.lookup({ source, edition: 'tr-TR', limit });
const shown = (matches: readonly MemoryMatch[]) =>
  matches.map(({ entry: { segment }, percent }) => `${segment} ${percent}`);

describe('likeness', () => {
  test('is 100 for the same, the same both ways, and never 100 for what differs', () => {
    fc.assert(
      fc.property(edited, edited, (one, other) => {
        const alphabet = new Alphabet();
        const [a, b] = [alphabet.comparable(one), alphabet.comparable(other)];
        assert.equal(likeness(a, a), 100);
        assert.equal(likeness(a, b), likeness(b, a));
        assert.equal(likeness(a, b) === 100, a === b);
        assert.ok(Number.isInteger(likeness(a, b)) && likeness(a, b) >= 0);
      }),
      { numRuns: runs },
    );
  });

  test('counts a fact as one letter, whatever its name', () => {
    const alphabet = new Alphabet();
    const call = (fact: string) => alphabet.comparable(`Call {${fact}} and tell`);
    assert.equal(call('helpline.child').length, 'Call x and tell'.length);
    assert.equal(
      likeness(call('helpline.child'), call('removal.service')),
      likeness('Call x and tell', 'Call y and tell'),
    );
  });
});

describe('the memory', () => {
  test('finds what is there with 100, whatever else is there', () => {
    fc.assert(
      fc.property(entries, fc.nat(24), (list, place) => {
        const wanted = list[place % Math.max(1, list.length)];
        if (wanted === undefined || wanted.source.trim() === '') return;
        const [best] = ask(indexOf(list), wanted.source);
        assert.equal(best?.percent, 100);
      }),
      { numRuns: runs },
    );
  });

  test('gives what comparing with everything gives, for small sets', () => {
    fc.assert(
      fc.property(entries, edited, (list, source) => {
        const alphabet = new Alphabet();
        const asked = alphabet.comparable(source);
        if (asked === '') return;
        const brute = list
          .map((each) => ({ entry: each, percent: likeness(asked, alphabet.comparable(each.source)) }))
          .filter(({ percent }) => percent >= 60);
        const found = ask(indexOf(list), source, 99);
        assert.deepEqual(shown(found).sort(), shown(brute).sort());
        assert.equal(
          found[0]?.percent,
          brute.length === 0 ? undefined : Math.max(...brute.map(({ percent }) => percent)),
        );
      }),
      { numRuns: runs },
    );
  });

  test('finds what is 80 per cent alike among many, as comparing with everything does', () => {
    const many = fc.array(edited, { minLength: 300, maxLength: 400 });
    fc.assert(
      fc.property(many, (sources) => {
        const list = sources.map((source, place) => entry({ source, segment: `S${place}`, target: `T${place}` }));
        const index = indexOf(list);
        const alphabet = new Alphabet();
        for (const source of sources.slice(0, 5)) {
          const asked = alphabet.comparable(`${source} now`);
          const best = Math.max(...list.map((each) => likeness(asked, alphabet.comparable(each.source))));
          if (best >= 80) assert.equal(ask(index, `${source} now`)[0]?.percent, best);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('answers the same in whatever order it was filled, and after texts were put in and taken out', () => {
    fc.assert(
      fc.property(entries, entries, edited, (list, more, source) => {
        const straight = indexOf(list);
        const passing = more.map((each) => ({ ...each, segment: `X${each.segment}` }));
        const turned = indexOf([...passing, ...list.toReversed()]);
        for (const each of passing) turned.remove(each);
        assert.equal(turned.size, straight.size);
        assert.deepEqual(shown(ask(turned, source)), shown(ask(straight, source)));
      }),
      { numRuns: runs },
    );
  });

  test('ranks reviewed before unreviewed, own before sister, newest first, history last of equals; each target once', () => {
    const source = 'Tell an adult today.';
    const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
    const index = indexOf([
      entry({ source, segment: 'sister', edition: 'tr-CY', target: 'a', at: at(5) }),
      entry({ source, segment: 'own-old', target: 'b', at: at(1) }),
      entry({ source, segment: 'own-new', target: 'c', at: at(2) }),
      entry({ source, segment: 'reviewed', edition: 'tr-CY', target: 'd', state: 'reviewed', at: at(1) }),
      entry({ source, segment: 'past', target: 'e', at: at(9), place: 'history' }),
      entry({ source, segment: 'again', edition: 'tr-CY', target: 'b', at: at(9) }),
      entry({ source: 'Tell an adult todax.', segment: 'near', target: 'f', state: 'final', at: at(9) }),
    ]);
    assert.deepEqual(shown(ask(index, source, 9)), [
      'reviewed 100',
      'own-new 100',
      'own-old 100',
      'sister 100',
      'past 100',
      'near 95',
    ]);
    const without = index.lookup({ source, edition: 'tr-TR', limit: 9, without: ['d', 'c'] });
    assert.equal(without[0]?.entry.segment, 'own-old');
  });

  test('replaces the text of a revision, and holds no more than it may', () => {
    const index = new MemoryIndex(2);
    assert.ok(index.put(entry({ source: 'Keep the proof', segment: 'a' })));
    assert.ok(index.put(entry({ source: 'Stop', segment: 'b' })));
    assert.equal(index.put(entry({ source: 'Block', segment: 'c' })), false);
    assert.ok(index.put(entry({ source: 'Keep all proof', segment: 'a' })));
    assert.equal(index.size, 2);
    assert.deepEqual(shown(ask(index, 'Keep the proof')), ['a 78']);
    index.remove(entry({ source: '', segment: 'a' }));
    index.remove(entry({ source: '', segment: 'a' }));
    assert.equal(index.size, 1);
    assert.deepEqual(ask(index, 'Keep all proof'), []);
    assert.ok(index.bytes > 0);
  });

  test('an empty question and one that nothing is like have no answers', () => {
    const index = indexOf([entry({ source: 'Keep the proof' })]);
    assert.deepEqual(ask(index, '  '), []);
    assert.deepEqual(ask(index, 'zzzz'), []);
  });
});
