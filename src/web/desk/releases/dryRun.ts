import type { PersonContext } from '../../route.ts';
import { impactHeadline } from './headline.ts';
import { askedPace, type ProposedImpact } from './impact.ts';
import { impactStream } from './impactStream.ts';
import { type Impact, impactTable, listHref } from './impactTable.ts';

/** Everything a page shows of a dry run: the news, the drawing, the table and the pace it was counted with. */
export type DryRun = Impact & {
  readonly number: string;
  readonly headline: string;
  readonly stream: ReturnType<typeof impactStream>;
  readonly pace: {
    readonly words: string;
    readonly hidden: readonly { readonly name: string; readonly value: string }[];
  };
};

/** Presents what sets would do. `sets`: their ids, for the links to the lists of units. */
export function presentDryRun(
  { t, language, query }: Pick<PersonContext, 't' | 'language' | 'query'>,
  { proposed, releases, works }: ProposedImpact,
  sets: readonly string[],
  hidden: Readonly<Record<string, string>>,
): DryRun {
  const pace = askedPace(query);
  const list = listHref({ sets: sets.join(','), ...(pace === null ? {} : { pace: String(pace) }) });
  const { number } = proposed.release;
  const table = impactTable(works, { language, list });
  return {
    ...table,
    number,
    headline: impactHeadline(t, number, table),
    stream: impactStream(releases, works, proposed.release),
    pace: {
      words: pace === null ? (query.pace ?? '') : String(pace),
      hidden: Object.entries(hidden).map(([name, value]) => ({ name, value })),
    },
  };
}
