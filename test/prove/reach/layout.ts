import type { Page } from 'playwright-core';

/** What is wrong with how the open page is set at its present width: one line each, the place first. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    const nameOf = (element: Element): string => {
      const name = `${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ''}`;
      return `${name}${element.classList.length > 0 ? `.${[...element.classList].join('.')}` : ''}`;
    };
    const within = (element: Element, test: (style: CSSStyleDeclaration, at: Element) => boolean): Element | null => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        if (test(getComputedStyle(at), at)) return at;
      }
      return null;
    };
    /** A region of its own that scrolls, and that the keyboard reaches. */
    const scrolls = (element: Element): boolean =>
      within(
        element,
        ({ overflowX }, at) => (overflowX === 'auto' || overflowX === 'scroll') && (at as HTMLElement).tabIndex >= 0,
      ) !== null;
    const stays = (element: Element): boolean =>
      within(element, ({ position }) => position === 'sticky' || position === 'fixed') !== null;
    if (root.scrollWidth > root.clientWidth + 1) {
      faults.push(`the page scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}`);
    }
    // What is typed into a field of one line scrolls in it.
    for (const element of document.body.querySelectorAll<HTMLElement>(':not(input)')) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
      const tooWide = hides(overflowX) && element.scrollWidth > element.clientWidth + 1;
      const tooHigh = hides(overflowY) && element.scrollHeight > element.clientHeight + 1;
      if (element.clientWidth > 0 && (tooWide || tooHigh || textOverflow === 'ellipsis')) {
        faults.push(`${nameOf(element)} cuts what is in it`);
      }
    }
    type Line = { readonly node: Text; readonly x: readonly [number, number]; readonly y: readonly [number, number] };
    const lines: Line[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node !== null; node = walker.nextNode() as Text | null) {
      const parent = node.parentElement;
      if (parent === null || node.data.trim() === '' || parent.closest('script, style, option, .skip')) continue;
      if (!parent.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
        if (width < 1 || height < 1) continue;
        if ((right > root.clientWidth + 1 || left < -1) && !scrolls(parent)) {
          faults.push(`${nameOf(parent)} ends outside of the page: “${node.data.trim().slice(0, 40)}”`);
        }
        // Of each line its middle half: letters reach above and below their line, and lines may touch.
        const middle = (top + bottom) / 2;
        if (!stays(parent)) lines.push({ node, x: [left, right], y: [middle - height / 4, middle + height / 4] });
      }
    }
    lines.sort((one, other) => one.y[0] - other.y[0]);
    for (const [at, line] of lines.entries()) {
      for (let next = at + 1; next < lines.length; next++) {
        const other = lines[next] as Line;
        if (other.y[0] >= line.y[1]) break;
        const shared = Math.min(line.x[1], other.x[1]) - Math.max(line.x[0], other.x[0]);
        if (other.node !== line.node && shared > 2) {
          const texts = [line, other].map(({ node }) => `“${node.data.trim().slice(0, 30)}”`);
          faults.push(`${nameOf(line.node.parentElement as Element)}: ${texts.join(' lies over ')}`);
        }
      }
    }
    return [...new Set(faults)];
  });
}

/** The distances of WCAG 1.4.12, by a sheet that no policy forbids; `false` takes them away. */
export function spaceText(page: Page, on: boolean): Promise<void> {
  return page.evaluate((wanted) => {
    if (!wanted) {
      document.adoptedStyleSheets = [];
      return;
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
        'p{margin-block-end:2em!important}',
    );
    document.adoptedStyleSheets = [sheet];
  }, on);
}

/** Opens every fold, so that what is in it is looked at too. */
export function unfold(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}
