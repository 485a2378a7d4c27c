import { emptyPackage, type LessonPackage } from '../../../domain/package/lessonPackage.ts';
import { paths } from '../../paths.ts';
import type { PersonContext, Reply, Route } from '../../route.ts';
import { baselineFrame } from '../authority/waiting.ts';
import { newestBaseline } from '../baseline/newest.ts';
import { namesOf } from '../today/loadDesk.ts';
import { plainRuns } from '../workbench/textRuns.ts';
import { leftOutRows, overrideRows, type SumRow, sumRows, toldRows } from './differencesPage.ts';

/** Rows of the sum on one page; the rest is one step away. */
const shown = 50;

const narrowings = ['', 'declined', 'omitted', 'core'] as const;
type Narrowing = (typeof narrowings)[number];

const fits = (row: SumRow, show: Narrowing, lesson: string): boolean =>
  (lesson === '' || row.lessons.includes(lesson)) && (show === '' || (show === 'core' ? row.core : row[show] > 0));

/** What all editions together do differently: counts for everything, reasons and words for the one that is opened. */
async function show(context: PersonContext): Promise<Reply> {
  const { world, t, query, language } = context;
  const { store } = world;
  const [newest, editions, sums, overrides] = await Promise.all([
    newestBaseline(store),
    store.editions.all(),
    store.ledger.sums(),
    store.overrides.all(),
  ]);
  const lessonPackage = newest?.lessonPackage ?? emptyPackage;
  const narrowing = narrowings.find((each) => each === query.show) ?? '';
  const lesson = query.lesson ?? '';
  const all = sumRows(t, lessonPackage, sums, editions.length);
  const fitting = all.filter((row) => fits(row, narrowing, lesson));
  const page = Math.max(1, Math.min(Number.parseInt(query.page ?? '1', 10) || 1, Math.ceil(fitting.length / shown)));
  const opened = all.find((row) => row.segment === query.segment) ?? null;
  const listed = fitting.slice((page - 1) * shown, page * shown).filter((row) => row !== opened);
  const address = (change: Readonly<Record<string, string>>) => {
    const wanted = Object.entries({ show: narrowing, lesson, ...change }).filter(([, value]) => value !== '');
    return `${paths.differences.to()}?${new URLSearchParams(wanted)}`;
  };
  const data = {
    title: t('ledger:sum.headline', { count: all.length, all: editions.length }),
    sheets: ['desk-baseline.css', 'desk-edition.css', 'desk-ledger.css'],
    frame: await baselineFrame(context, 'editions'),
    all: editions.length,
    rows: listed,
    opened:
      opened === null ? null : { ...opened, ...(await openedOf(context, lessonPackage, opened.segment, language)) },
    narrowings: narrowings.map((each) => ({
      text: t(`ledger:sum.show.${each === '' ? 'all' : each}`),
      count: all.filter((row) => fits(row, each, lesson)).length,
      href: address({ show: each }),
      current: each === narrowing,
    })),
    lessons: lessonPackage.lessons.map(({ id }) => ({ value: id, chosen: id === lesson })),
    show: narrowing,
    before: page > 1 ? address({ page: String(page - 1) }) : null,
    after: page * shown < fitting.length ? address({ page: String(page + 1) }) : null,
    overrides: overrideRows(lessonPackage, overrides),
    leftOut: leftOutRows(lessonPackage, editions),
    href: paths.differences.to(),
  };
  return { kind: 'page', view: 'desk/differences/differences', data };
}

async function openedOf(context: PersonContext, lessonPackage: LessonPackage, segment: string, language: string) {
  const { store } = context.world;
  const editions = await store.editions.all();
  const tags = editions.map((edition) => edition.tag);
  const [entries, units] = await Promise.all([
    store.ledger.ofEditions(tags, [segment]),
    store.units.ofEditions(tags, [segment]),
  ]);
  const names = await namesOf(
    context,
    entries.map((entry) => entry.owner),
  );
  const source = lessonPackage.segments[segment]?.text ?? '';
  return {
    source: plainRuns(source),
    told: toldRows(context.t, language, source, { entries, units, editions, names }),
  };
}

export const differencesRoutes: readonly Route[] = [
  {
    method: 'get',
    path: paths.differences.pattern,
    allow: 'changeSet:write',
    audit: 'nothing',
    about: 'person',
    handle: show,
  },
];
