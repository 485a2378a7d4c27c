// The search of a copy on a stick: looks words up in the index beside it, without a network. The page lists every
// lesson without it.
(() => {
  const index = globalThis.headwaterSearch;
  const form = document.querySelector('.find');
  if (!index || !form) return;
  const input = form.querySelector('input');
  const list = document.querySelector('#found');
  const status = document.querySelector('#found-status');
  const all = document.querySelector('#lessons');
  /** A lesson that is found looks as it does in the list. */
  const rows = index.lessons.map(({ href }) => all.querySelector(`h3 a[href="${href}"]`).closest('li'));
  const number = new Intl.NumberFormat(index.language.split('-')[0] === 'ar' ? 'ar-u-nu-arab' : index.language);

  /** As words were folded when the index was made. */
  const fold = (word) =>
    word
      .normalize('NFC')
      .toLocaleLowerCase(index.language)
      .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
      .replace(/[أإآٱ]/g, 'ا')
      .replace(/[ىی]/g, 'ي')
      .replaceAll('ک', 'ك');
  /** As people type on a keyboard without the letters of the language. */
  const bare = (word) => word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').replaceAll('ة', 'ه');

  const words = Object.keys(index.words).map((word) => ({ word, bare: bare(word), places: index.words[word] }));

  const cut = (text) => {
    const pieces = globalThis.Intl?.Segmenter
      ? [...new Intl.Segmenter(index.language, { granularity: 'word' }).segment(text)]
          .filter(({ isWordLike }) => isWordLike)
          .map(({ segment }) => segment)
      : (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
    return pieces.slice(0, 8).map((piece) => fold(piece).slice(0, 40));
  };

  /** Whether one letter too many, too few, wrong or swapped is all that parts them. */
  const oneSlip = (one, other) => {
    if (Math.abs(one.length - other.length) > 1 || one === other) return one === other;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start++;
    let end = 0;
    while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++;
    const left = one.slice(start, one.length - end);
    const right = other.slice(start, other.length - end);
    if (left.length <= 1 && right.length <= 1) return true;
    return left.length === 2 && left[0] === right[1] && left[1] === right[0];
  };

  /** An Arabic word may carry particles on its front that the text does not have. */
  const withoutParticles = (word) => {
    const forms = [word];
    if (!/[\u0600-\u06ff]/.test(word)) return forms;
    for (const particle of [/^[وف]/, /^(?:لل|[بكلس])/, /^ال/])
      for (const form of [...forms]) {
        const rest = form.replace(particle, '');
        if (rest.length >= 2 && !forms.includes(rest)) forms.push(rest);
      }
    return forms;
  };

  const closeness = (entry, asked, plain) => {
    if (entry.word === asked) return 8;
    if (entry.bare === plain) return 6;
    return plain.length >= 2 && entry.bare.startsWith(plain) ? 3 : 0;
  };
  const slipped = (entry, _, plain) =>
    plain.length >= 4 && entry.bare.length >= 4 && oneSlip(entry.bare, plain) ? 1 : 0;

  /** Where one word stands, by `close`; nothing where it stands nowhere. */
  const placesOf = (forms, close) => {
    const here = new Map();
    for (const form of forms) {
      const plain = bare(form);
      for (const entry of words) {
        const near = close(entry, form, plain);
        if (near === 0) continue;
        for (let at = 0; at < entry.places.length; at += 2) {
          const place = entry.places[at];
          here.set(place, Math.max(here.get(place) ?? 0, near * entry.places[at + 1]));
        }
      }
    }
    return here.size === 0 ? null : here;
  };

  /** Lessons that have every word, best first. A slip is looked for only where a word as typed stands nowhere. */
  const find = (text) => {
    let scores = null;
    for (const asked of cut(text)) {
      const forms = withoutParticles(asked);
      const here = placesOf(forms, closeness) ?? placesOf(forms, slipped) ?? new Map();
      const both = scores ?? here;
      scores = new Map(
        [...both]
          .filter(([place]) => here.has(place))
          .map(([place, sum]) => [place, scores === null ? sum : sum + here.get(place)]),
      );
    }
    return [...(scores ?? [])].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([place]) => place);
  };

  const show = () => {
    const text = input.value.trim();
    const places = text === '' ? [] : find(text);
    list.replaceChildren(...places.map((place) => rows[place].cloneNode(true)));
    const { found, none } = form.dataset;
    status.textContent =
      text === '' ? '' : places.length === 0 ? none : found.replace('#', number.format(places.length));
    list.hidden = places.length === 0;
    all.hidden = text !== '' && places.length > 0;
  };

  form.hidden = false;
  input.addEventListener('input', show);
  show();
})();
