import type { Page } from 'playwright-core';

type Walk = { readonly stops: number; readonly faults: readonly string[] };

/**
 * Tabs through the open page from its beginning to its end. Each stop is looked at while it has the focus: can it be seen,
 * and does something lie over it. The listener is set from outside, so that the page's policy stays as it is.
 */
export async function walkByKeyboard(page: Page): Promise<Walk> {
  const wanted = await page.evaluate(() => {
    type Stop = { readonly element: HTMLElement; readonly faults: readonly string[] };
    const held = globalThis as unknown as { reach?: { stops: Stop[]; expected: HTMLElement[] } };
    const shown = (element: HTMLElement): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const all = document.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]',
    );
    const groups = new Set<string>();
    const expected = [...all].filter((element) => {
      if (!shown(element) || element.tabIndex < 0 || element.matches(':disabled')) return false;
      if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
      // Of a group of choices one is a stop: the arrows lead to the others.
      const group = `${[...document.forms].indexOf(element.form as HTMLFormElement)} ${element.name}`;
      return !groups.has(group) && groups.add(group) !== undefined;
    });
    const look = (element: HTMLElement): string[] => {
      const faults: string[] = [];
      const style = getComputedStyle(element);
      if (style.outlineStyle === 'none' || Number.parseFloat(style.outlineWidth) < 2)
        faults.push('its focus is not drawn');
      const rects = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
      const points = rects.flatMap(({ left, right, top, bottom }) => [
        [(left + right) / 2, (top + bottom) / 2],
        [left + 2, top + 2],
        [right - 2, top + 2],
        [left + 2, bottom - 2],
        [right - 2, bottom - 2],
      ]);
      const seen = points.filter(([x = -1, y = -1]) => {
        const at = document.elementFromPoint(x, y);
        return (
          at !== null && (element.contains(at) || at.contains(element) || (at as HTMLLabelElement).control === element)
        );
      });
      if (seen.length === 0) faults.push('it is hidden while it has the focus');
      return faults;
    };
    // Tab begins anew at the top, whatever had the focus before.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
    const first = held.reach === undefined;
    held.reach = { stops: [], expected };
    if (first) {
      document.addEventListener('focusin', ({ target }) => {
        const element = target as HTMLElement;
        held.reach?.stops.push({ element, faults: look(element) });
      });
    }
    return expected.length;
  });
  for (let press = 0; press < wanted + 2; press++) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    type Stop = { readonly element: HTMLElement; readonly faults: readonly string[] };
    const { stops, expected } = (globalThis as unknown as { reach: { stops: Stop[]; expected: HTMLElement[] } }).reach;
    const nameOf = (element: HTMLElement): string =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    const faults = stops.flatMap((stop) => stop.faults.map((fault) => `${nameOf(stop.element)}: ${fault}`));
    const firstRound = stops.slice(0, expected.length);
    const reached = new Set(stops.map(({ element }) => element));
    for (const element of expected) {
      if (element.tabIndex > 0) faults.push(`${nameOf(element)}: jumps the queue, against the order of the page`);
      if (!reached.has(element)) faults.push(`${nameOf(element)}: the keyboard does not reach it`);
    }
    for (const [at, { element }] of firstRound.entries()) {
      const before = firstRound[at - 1]?.element;
      if (before === element) faults.push(`${nameOf(element)}: the keyboard is caught in it`);
      else if (before && !(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) {
        faults.push(`${nameOf(element)}: comes after ${nameOf(before)}, against the order of the page`);
      }
    }
    return { stops: reached.size, faults: [...new Set(faults)] };
  });
}

/** The first stop of a page just opened leads to its text: it can be seen, and the next stop behind it is in `main`. */
export async function skipFaults(page: Page): Promise<readonly string[]> {
  await page.keyboard.press('Tab');
  const shown = await page.evaluate(() => {
    const at = document.activeElement as HTMLAnchorElement | null;
    const { top = -1, left = -1, right = 0, bottom = 0 } = at?.getBoundingClientRect() ?? {};
    const inView = top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight;
    return at?.getAttribute('href') === '#main' && inView;
  });
  if (!shown) return ['the first stop is not a skip link in view'];
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => {
    const { activeElement } = document;
    const main = document.querySelector('main');
    // A page whose main part has nothing to stop at goes on behind it.
    if (main?.querySelector('a[href], button, input, select, summary') === null) return true;
    return main?.contains(activeElement) ?? false;
  });
  return inside ? [] : ['the skip link does not lead into the page'];
}
