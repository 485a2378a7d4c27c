import { DomainError } from '../../../domain/errors.ts';
import { compareNumbers } from '../../../domain/release/changeSet.ts';
import type { Update, UpdateLogLine } from '../../../domain/update/update.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { namesFor } from './updatePage.ts';

export type LogLine = Pick<UpdateLogLine, 'key' | 'kind' | 'severity' | 'done'> & {
  readonly by: string;
  readonly reason: string;
  readonly at: string;
};

export type LoggedUpdate = {
  readonly id: string;
  readonly base: string;
  readonly target: string;
  readonly set: string | null;
  readonly by: string;
  readonly at: string;
  readonly undoneAt: string | null;
  readonly state: Update['state'];
  readonly href: string;
  readonly count: number;
  readonly lines: readonly LogLine[];
};

/** Every update that was applied, the newest first; what was taken back since is told as such. */
export function loggedUpdates(
  tag: string,
  updates: readonly Update[],
  names: ReadonlyMap<string, string>,
): readonly LoggedUpdate[] {
  return updates
    .filter((update) => update.appliedAt !== null)
    .toSorted(
      (one, other) =>
        (other.appliedAt ?? '').localeCompare(one.appliedAt ?? '') || compareNumbers(other.target, one.target),
    )
    .map((update) => ({
      id: update.id,
      base: update.base,
      target: update.target,
      set: update.set ?? null,
      by: names.get(update.startedBy) ?? '',
      at: update.appliedAt ?? '',
      undoneAt: update.state === 'undone' ? update.updatedAt : null,
      state: update.state,
      href: `${paths.updateLog.to(tag)}?update=${encodeURIComponent(update.id)}#opened`,
      count: update.log.length,
      lines: update.log.map((line) => {
        const decision = update.decisions[line.key];
        return {
          key: line.key,
          ...(line.kind === undefined ? {} : { kind: line.kind }),
          ...(line.severity === undefined ? {} : { severity: line.severity }),
          done: line.done,
          by: decision === undefined ? '' : (names.get(decision.by) ?? ''),
          reason: decision?.reason ?? '',
          at: decision?.at ?? '',
        };
      }),
    }));
}

async function logged(context: EditionContext): Promise<readonly LoggedUpdate[]> {
  const [updates, names] = await Promise.all([
    context.world.store.updates.ofEdition(context.edition.tag),
    namesFor(context),
  ]);
  return loggedUpdates(context.edition.tag, updates, names);
}

/** What was taken in, by whom and how: kept for ever. */
export async function showLog(context: EditionContext): Promise<Reply> {
  const { edition, t, query } = context;
  const updates = await logged(context);
  const asked = query.update ?? '';
  const opened = updates.find(({ id }) => id === asked) ?? null;
  if (asked !== '' && opened === null) throw new DomainError('updateUnknown');
  const title = t('update:log.title', { edition: edition.tag });
  const hrefs = { update: paths.update.to(edition.tag), file: paths.updateLogFile.to(edition.tag) };
  const rows = updates.map((update) => ({ ...update, opened: update === opened, lines: [] }));
  const data = { title, frame: await frameFor(context, 'update'), rows, opened, hrefs, sheets: ['update.css'] };
  return { kind: 'page', view: 'desk/update/log', data };
}

/** A value for a table: quoted, and never read as a formula by a spreadsheet. */
const cell = (value: string): string => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** The whole log as a table, one line for each item of each update. */
export async function logFile(context: EditionContext): Promise<Reply> {
  const head = [
    'from',
    'to',
    'set',
    'state',
    'applied',
    'begun by',
    'key',
    'kind',
    'severity',
    'done',
    'decided by',
    'reason',
  ];
  const rows = (await logged(context)).flatMap((update) =>
    update.lines.map((line) => [
      update.base,
      update.target,
      update.set ?? '',
      update.state,
      update.at,
      update.by,
      line.key,
      line.kind ?? '',
      line.severity ?? '',
      line.done,
      line.by,
      line.reason,
    ]),
  );
  const table = [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
  const bytes = new TextEncoder().encode(`\uFEFF${table}\r\n`);
  return { kind: 'bytes', bytes, mediaType: 'text/csv; charset=utf-8', fileName: `updates-${context.edition.tag}.csv` };
}
