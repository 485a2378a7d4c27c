import type { Page } from 'playwright-core';

/** Text of one colour on another: the least ratio that its size needs, and the one it has. */
export type Pair = {
  readonly text: string;
  readonly ground: string;
  readonly ratio: number;
  readonly needs: number;
  readonly where: string;
};

type Colours = {
  readonly pairs: readonly Pair[];
  /** Signs, drawings, edges of fields and buttons that are fainter than 3:1, and words that have no border to be a button by. */
  readonly faults: readonly string[];
  readonly moving: number;
};

/** Every pair of text and ground on the open page, its drawings, its controls, and how much of it moves. */
export function coloursOf(page: Page, forced = false): Promise<Colours> {
  return page.evaluate((highContrast) => {
    type Rgba = readonly [number, number, number, number];
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const known = new Map<string, Rgba>();
    const rgba = (colour: string): Rgba => {
      const there = known.get(colour);
      if (there) return there;
      const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(colour);
      let read: Rgba = [0, 0, 0, 0];
      if (plain) read = [Number(plain[1]), Number(plain[2]), Number(plain[3]), Number(plain[4] ?? 1)];
      else if (pen) {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = colour;
        pen.fillRect(0, 0, 1, 1);
        const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data;
        read = [r, g, b, a / 255];
      }
      known.set(colour, read);
      return read;
    };
    const light = ([r, g, b]: Rgba): number => {
      const [x = 0, y = 0, z = 0] = [r, g, b].map((each) => {
        const part = each / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const ratioOf = (one: Rgba, other: Rgba): number => {
      const [high = 0, low = 0] = [light(one), light(other)].sort((a, b) => b - a);
      return (high + 0.05) / (low + 0.05);
    };
    const hex = ([r, g, b]: Rgba): string => `#${[r, g, b].map((each) => each.toString(16).padStart(2, '0')).join('')}`;
    const canvas = rgba(highContrast ? 'Canvas' : getComputedStyle(document.documentElement).backgroundColor);
    const groundOf = (element: Element): Rgba => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const colour = rgba(getComputedStyle(at).backgroundColor);
        if (colour[3] === 1) return colour;
      }
      return canvas;
    };
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}${element.classList.length > 0 ? `.${[...element.classList].join('.')}` : ''}`;
    const shown = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const pairs = new Map<string, Pair>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || (node.nodeValue ?? '').trim() === '' || parent.closest('script, style')) continue;
      if (!shown(parent)) continue;
      const style = getComputedStyle(parent);
      const [text, ground] = [rgba(style.color), groundOf(parent)];
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const needs = large ? 3 : 4.5;
      const key = `${hex(text)} ${hex(ground)} ${needs}`;
      if (pairs.has(key)) continue;
      const ratio = Math.round(ratioOf(text, ground) * 100) / 100;
      pairs.set(key, { text: hex(text), ground: hex(ground), ratio, needs, where: nameOf(parent) });
    }
    const faults = new Set<string>();
    const decoration = '.leader, .sheet-picture, .river, .coverage .open, .sign-ring';
    for (const shape of document.body.querySelectorAll('svg :is(path, circle, rect)')) {
      const drawing = shape.closest('svg');
      if (drawing === null || !shown(drawing) || (!highContrast && shape.closest(decoration))) continue;
      const { fill, stroke, strokeWidth } = getComputedStyle(shape);
      const ground = groundOf(drawing);
      const inks = [fill, Number.parseFloat(strokeWidth) > 0 ? stroke : 'none'].filter((each) => each !== 'none');
      const best = Math.max(0, ...inks.map((each) => (rgba(each)[3] === 0 ? 0 : ratioOf(rgba(each), ground))));
      // A cut in a sign has the colour of the ground by intention.
      if (best < 3 && !shape.matches('.cut, .cut *')) {
        const ratio = best.toFixed(1);
        faults.add(`a drawing is faint (${ratio}): ${nameOf(drawing)} > ${nameOf(shape)} on ${hex(ground)}`);
      }
    }
    for (const control of document.body.querySelectorAll(
      '.button, button, input:not([type=hidden]), select, .exit-bar a',
    )) {
      if (!shown(control) || control.matches('[type=checkbox], [type=radio]')) continue;
      const style = getComputedStyle(control);
      const around = control.parentElement === null ? canvas : groundOf(control.parentElement);
      const edge =
        style.borderTopStyle === 'none' || style.borderTopWidth === '0px' ? null : rgba(style.borderTopColor);
      const best = Math.max(edge ? ratioOf(edge, around) : 0, highContrast ? 0 : ratioOf(groundOf(control), around));
      if (best < 3) faults.add(`nothing shows where a control ends (${best.toFixed(1)}): ${nameOf(control)}`);
    }
    const moving =
      document.getAnimations().length +
      [...document.body.querySelectorAll('*')].filter((each) => {
        const { transitionDuration, animationName } = getComputedStyle(each);
        return animationName !== 'none' || /[1-9]/.test(transitionDuration);
      }).length;
    return { pairs: [...pairs.values()], faults: [...faults], moving };
  }, forced);
}
