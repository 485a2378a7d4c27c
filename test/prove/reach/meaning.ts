import type { Page } from 'playwright-core';

export type Meaning = { readonly title: string; readonly headings: number; readonly faults: readonly string[] };

/** Headings, landmarks, languages of parts, directions and where help stands: what assistive technology is told. */
export function meaningOf(page: Page): Promise<Meaning> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((each) => each.checkVisibility());
    const levels = headings.map(({ tagName }) => Number(tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1 || levels[0] !== 1) {
      faults.push(`the first heading is not the one h1: ${levels.slice(0, 5).join(', ')}`);
    }
    for (const [at, level] of levels.entries()) {
      if (at > 0 && level > (levels[at - 1] ?? 0) + 1)
        faults.push(`a heading skips a level: “${headings[at]?.textContent}”`);
      if (headings[at]?.textContent?.trim() === '') faults.push('a heading is empty');
    }
    for (const [what, selector] of [
      ['banner', 'body > header'],
      ['main', 'body > main'],
      ['foot', 'body > footer'],
    ] as const) {
      if (document.querySelectorAll(selector).length !== 1) faults.push(`there is not one ${what}`);
    }
    const named = [...document.querySelectorAll('nav, aside, section[aria-label], section[aria-labelledby]')]
      .filter((each) => each.checkVisibility())
      .map((each) => {
        const by = each.getAttribute('aria-labelledby');
        const label = by === null ? each.getAttribute('aria-label') : document.getElementById(by)?.textContent;
        return `${each.tagName.toLowerCase()} “${(label ?? '').trim()}”`;
      });
    for (const name of new Set(named.filter((each, at) => each.endsWith('“”') || named.indexOf(each) !== at))) {
      faults.push(`a landmark without a name of its own: ${name}`);
    }
    // Help comes first on every page, in the same place: the strip between the shortcuts and the head.
    const order = [...document.body.children].map((each) => each.tagName.toLowerCase());
    const strip = document.querySelector('body > section.strip');
    if (strip === null || document.body.children[1] !== strip)
      faults.push(`help is not in its place: ${order.join(', ')}`);
    if (strip !== null && !/[^\s]/.test(strip.textContent ?? '')) faults.push('the help strip is empty');

    if (root.dir !== (root.lang === 'ar' ? 'rtl' : 'ltr')) faults.push(`lang ${root.lang} and dir ${root.dir}`);
    if (getComputedStyle(root).direction !== root.dir) faults.push('the page runs in another direction than it says');
    const h1 = document.querySelector('h1');
    if (h1 !== null) {
      const range = document.createRange();
      range.selectNodeContents(h1);
      const box = h1.getBoundingClientRect();
      const text = range.getBoundingClientRect();
      const rtl = getComputedStyle(h1).direction === 'rtl';
      if (Math.abs(rtl ? box.right - text.right : box.left - text.left) > 4)
        faults.push('the h1 does not begin at its start');
    }
    // Words that make a sentence of one language, where the page says that it is another.
    const marks: Readonly<Record<string, RegExp>> = {
      en: /\b(?:the|and|with|that|this|from|your|they|are|was|have|not|you|for)\b/giu,
      tr: /(?<!\p{L})(?:ve|bir|bu|için|ile|değil|çocuk|ders|olarak|daha|sonra|gibi)(?!\p{L})/giu,
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = (node.nodeValue ?? '').trim();
      if (parent === null || text === '' || parent.closest('script, style, svg, bdi, .sums')) continue;
      const language = parent.closest('[lang]')?.getAttribute('lang')?.split('-')[0] ?? '';
      const arabic = (text.match(/\p{Script=Arabic}/gu) ?? []).length;
      const latin = (text.match(/\p{Script=Latin}/gu) ?? []).length;
      const said = text.slice(0, 50);
      if (language !== 'ar' && arabic > 3) faults.push(`Arabic in lang=${language}: “${said}”`);
      if (language === 'ar' && latin > 25 && latin > arabic) faults.push(`Latin letters in lang=ar: “${said}”`);
      for (const [other, mark] of Object.entries(marks)) {
        if (other !== language && (text.match(mark) ?? []).length >= 3)
          faults.push(`${other} in lang=${language}: “${said}”`);
      }
      // A run of digits with breaks in it turns round in a line from right to left.
      const loose = text.replace(/[\u2066-\u2068][^\u2069]*\u2069/gu, '');
      if (getComputedStyle(parent).direction === 'rtl' && /\d[\d\s()-]*[\s-]\d/.test(loose)) {
        faults.push(`a number that is not isolated: “${said}”`);
      }
    }
    for (const number of document.querySelectorAll<HTMLAnchorElement>('a[href^="tel:"]')) {
      const held = number.querySelector('bdi, [dir]') ?? number.closest('bdi');
      const { direction, unicodeBidi } = getComputedStyle(held ?? number);
      if (direction !== 'ltr' || !/isolate/.test(unicodeBidi))
        faults.push(`a phone number is not isolated: ${number.outerHTML}`);
    }
    // What is read aloud has the words in it that are seen (WCAG 2.5.3).
    const plain = (words: string): string =>
      words
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
    for (const control of document.querySelectorAll<HTMLElement>('a[aria-label], button[aria-label]')) {
      const seen = plain(control.textContent);
      if (!plain(control.getAttribute('aria-label') ?? '').includes(seen)) {
        faults.push(`the name “${control.getAttribute('aria-label')}” has not the words “${control.textContent}”`);
      }
    }
    return { title: document.title, headings: headings.length, faults };
  });
}
