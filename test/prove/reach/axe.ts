import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

export const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export type AxeFindings = {
  readonly passes: number;
  readonly violations: readonly string[];
  /** What axe could not decide: rule, place and why. */
  readonly undecided: readonly { readonly rule: string; readonly place: string; readonly why: string }[];
};

const run = (page: Page) =>
  page.evaluate<AxeResults, string[]>(
    (tags) =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
        runOnly: tags,
        preload: false,
        iframes: false,
      }),
    axeTags,
  );

/**
 * The page is measured in a window as high as itself, so that a bar which stays at the edge of the window covers nothing that
 * could be scrolled out from under it.
 */
export async function axeFindings(page: Page): Promise<AxeFindings> {
  const there = await page.evaluate(() => 'axe' in globalThis);
  if (!there) await page.evaluate(axe.source);
  const { passes, violations, incomplete } = await run(page);
  return {
    passes: passes.length,
    violations: violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ') ?? ''}`,
      ),
    ),
    undecided: incomplete.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any, all, none }) => ({
        rule: id,
        place: target.join(' '),
        why: [...any, ...all, ...none].map(({ message }) => message).join('; '),
      })),
    ),
  };
}

/**
 * The rules whose undecided cases are decided here, and by what. Any other one counts as a fault until somebody has looked.
 * Contrast is measured again in `colours.ts` for every text, against the colour that lies under it.
 */
export const decidedElsewhere: Readonly<Record<string, string>> = {
  'color-contrast':
    'axe does not look through overlapping or drawn grounds; every pair is measured by this proof itself',
  'label-content-name-mismatch':
    'names of one figure, as on the bar of minutes; that the name has the words seen is checked by this proof itself',
  'target-size': 'links inside a line of text, which WCAG 2.5.8 excepts; the others are measured by this proof itself',
};
