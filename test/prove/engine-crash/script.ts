/** What a scripted life writes, and what each write does to the state: the same words for who writes and for who judges. */

export type Doc = {
  readonly _id: string;
  readonly v: number;
  readonly tags: readonly string[];
  readonly filling: string;
};

type Plain =
  | { readonly kind: 'insert'; readonly into: string; readonly docs: readonly Doc[] }
  | {
      readonly kind: 'set';
      readonly in: string;
      readonly ids: readonly string[];
      readonly v: number;
      readonly tags: readonly string[];
    }
  | { readonly kind: 'remove'; readonly from: string; readonly ids: readonly string[] };

export type Effect =
  | Plain
  | { readonly kind: 'transaction'; readonly parts: readonly Plain[] }
  | { readonly kind: 'makeIndex'; readonly on: string; readonly field: string }
  | { readonly kind: 'dropIndex'; readonly on: string; readonly field: string }
  | { readonly kind: 'drop'; readonly collection: string };

/** A collection with its indexes by name and its documents by id. */
export type Found = { readonly indexes: readonly string[]; readonly docs: Readonly<Record<string, Doc>> };
export type State = Readonly<Record<string, Found>>;

const doc = (id: string, size = 20): Doc => ({ _id: id, v: id.length, tags: [id, 'all'], filling: id.repeat(size) });

export const templateDocs: readonly Doc[] = Array.from({ length: 12 }, (_, i) => doc(`t${i}`));
export const templateState: State = {
  a: { indexes: ['_id_', 'tags_1', 'v_1'], docs: Object.fromEntries(templateDocs.map((each) => [each._id, each])) },
};

/** Steps one after the other; the effects of one step at the same time. Every kind of write is there, large and small. */
export const script: readonly (readonly Effect[])[] = [
  [{ kind: 'insert', into: 'a', docs: [doc('one')] }],
  [{ kind: 'set', in: 'a', ids: ['t1'], v: 100, tags: ['x', 'y', 'z'] }],
  [0, 1, 2, 3, 4].map((i): Effect => ({ kind: 'insert', into: 'a', docs: [doc(`many${i}`)] })),
  [
    {
      kind: 'transaction',
      parts: [
        { kind: 'set', in: 'a', ids: ['t2', 't3'], v: 7, tags: ['both'] },
        { kind: 'insert', into: 'a', docs: [doc('inside')] },
        { kind: 'remove', from: 'a', ids: ['t4'] },
      ],
    },
  ],
  [{ kind: 'insert', into: 'a', docs: [doc('large', 2500), doc('small')] }],
  [{ kind: 'remove', from: 'a', ids: ['t5', 't6'] }],
  [{ kind: 'insert', into: 'b', docs: [doc('first'), doc('second')] }],
  [{ kind: 'makeIndex', on: 'b', field: 'tags' }],
  [{ kind: 'set', in: 'b', ids: ['first', 'second'], v: 3, tags: [] }],
  [
    { kind: 'insert', into: 'b', docs: [doc('third')] },
    { kind: 'set', in: 'a', ids: ['t7'], v: 8, tags: ['late'] },
    { kind: 'transaction', parts: [{ kind: 'insert', into: 'a', docs: [doc('second-inside')] }] },
  ],
  [{ kind: 'dropIndex', on: 'b', field: 'tags' }],
  [{ kind: 'drop', collection: 'b' }],
];

/** Written at the end until it succeeds: the engine has to work again when a fault is over. */
export const lastWrite = (attempt: number): Effect => ({ kind: 'insert', into: 'a', docs: [doc(`end${attempt}`)] });

const empty: Found = { indexes: ['_id_'], docs: {} };

/** The state after an effect that was kept. What it is about may be missing: then nothing changes, as on the engine. */
export function apply(state: State, effect: Effect): State {
  switch (effect.kind) {
    case 'transaction':
      return effect.parts.reduce<State>(apply, state);
    case 'insert': {
      const found = state[effect.into] ?? empty;
      const fresh = Object.fromEntries(effect.docs.map((each) => [each._id, each]));
      return { ...state, [effect.into]: { ...found, docs: { ...found.docs, ...fresh } } };
    }
    case 'set': {
      const found = state[effect.in];
      if (!found) return state;
      const { v, tags } = effect;
      const changed = effect.ids.flatMap((id) => (found.docs[id] ? [[id, { ...found.docs[id], v, tags }]] : []));
      return { ...state, [effect.in]: { ...found, docs: { ...found.docs, ...Object.fromEntries(changed) } } };
    }
    case 'remove': {
      const found = state[effect.from];
      if (!found) return state;
      const docs = Object.fromEntries(Object.entries(found.docs).filter(([id]) => !effect.ids.includes(id)));
      return { ...state, [effect.from]: { ...found, docs } };
    }
    case 'makeIndex': {
      const found = state[effect.on] ?? empty;
      const indexes = [...new Set([...found.indexes, `${effect.field}_1`])].sort();
      return { ...state, [effect.on]: { ...found, indexes } };
    }
    case 'dropIndex': {
      const found = state[effect.on];
      if (!found) return state;
      return {
        ...state,
        [effect.on]: { ...found, indexes: found.indexes.filter((name) => name !== `${effect.field}_1`) },
      };
    }
    case 'drop':
      return Object.fromEntries(Object.entries(state).filter(([name]) => name !== effect.collection));
  }
}

/** One text for one state, whatever the order in which it was found. */
export const textOf = (state: State): string =>
  JSON.stringify(
    Object.keys(state)
      .sort()
      .map((name) => {
        const { indexes, docs } = state[name] ?? empty;
        const bodies = Object.keys(docs)
          .sort()
          .map((id) => [id, docs[id]?.v, docs[id]?.tags, docs[id]?.filling]);
        return [name, [...indexes].sort(), bodies];
      }),
  );
