import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';

/** Keys by where they work; `⌘` stands in for Ctrl on a Mac. */
const keys = {
  everywhere: [['/'], ['Ctrl K'], ['?'], ['Esc']],
  lists: [['J', 'K'], ['Enter'], ['A'], ['E'], ['X'], ['T'], ['U']],
  conflict: [['1'], ['2'], ['3']],
  text: [['Ctrl Enter'], ['Alt ↓', 'Alt ↑'], ['Esc']],
  besideText: [['1', '2', '3'], ['F'], ['G'], ['P'], ['C'], ['H'], ['M'], ['U'], ['N'], ['Enter']],
} as const;

async function show(context: PersonContext): Promise<Reply> {
  const { t, person } = context;
  const data = {
    title: t('bench:keys.title'),
    sheets: ['desk-workbench.css'],
    frame: await frameFor(context, null),
    places: Object.entries(keys).map(([place, rows]) => ({
      name: t(`bench:keys.places.${place}`),
      rows: rows.map((caps) => ({ caps, text: t(`bench:keys.${place}.${caps[0]}`) })),
    })),
    off: person.letterKeys === false,
    settings: paths.me.to(),
  };
  return { kind: 'page', view: 'desk/keys/keys', data };
}

export const keysRoutes: readonly Route[] = [
  { method: 'get', path: paths.keys.pattern, allow: 'desk:enter', audit: 'nothing', about: 'person', handle: show },
];
