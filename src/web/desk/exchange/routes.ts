import { z } from 'zod';
import { bringFile } from '../../../commands/exchange/bringFile.ts';
import { exportUnits } from '../../../commands/exchange/exportUnits.ts';
import { importReport } from '../../../commands/exchange/importReport.ts';
import { openImport } from '../../../commands/exchange/loadImport.ts';
import { takeFile } from '../../../commands/exchange/takeFile.ts';
import { undoFile } from '../../../commands/exchange/undoFile.ts';
import { DomainError } from '../../../domain/errors.ts';
import { type ExchangeScope, exchangeFormats } from '../../../domain/exchange/exchangeFile.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { acceptForm } from '../workbench/acceptForm.ts';
import { exchangePage } from './exchangePage.ts';
import { importPage, outcomeText } from './importPage.ts';

const sheets = ['desk-edition.css', 'desk-exchange.css'];
const shownImports = 20;

async function show(context: EditionContext, refused: string | null = null): Promise<Reply> {
  const { world, edition, actor, person, t } = context;
  const desk = await loadDesk(context);
  const imports = await world.store.imports.ofEdition(edition.tag, shownImports);
  const others = imports.filter((each) => each.state !== 'waiting' || each.by === person.id);
  const names = await namesOf(
    context,
    others.map((each) => each.by),
  );
  const data = {
    ...exchangePage(t, desk, others, names, person.id),
    sheets,
    frame: await frameFor(context, 'lessons', placeCounts(desk, waitingOf(desk, actor))),
    refused,
    problems: refused === null ? [] : [{ field: 'file', message: refused }],
  };
  return { kind: 'page', view: 'desk/exchange/exchange', data, ...(refused === null ? {} : { code: 422 }) };
}

const exportForm = z.object({
  scope: z.enum(['edition', 'lesson', 'stale']).default('edition'),
  lesson: z.string().max(100).default(''),
  format: z.enum(exchangeFormats).default('xliff2'),
});

async function download({ world, actor, edition, query }: EditionContext): Promise<Reply> {
  const form = acceptForm(exportForm, query);
  const scope: ExchangeScope = form.scope === 'lesson' ? { kind: 'lesson', lesson: form.lesson } : { kind: form.scope };
  const file = await exportUnits(world, actor, { edition: edition.tag, format: form.format, scope });
  return { kind: 'bytes', bytes: file.bytes, mediaType: file.mediaType, fileName: file.name };
}

async function bring(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, upload, t } = context;
  if (upload === null || upload.name === '') return show(context, t('errors:fileMissing'));
  try {
    const { id } = await bringFile(world, actor, { edition: edition.tag, name: upload.name, bytes: upload.bytes });
    return { kind: 'redirect', to: paths.import.to(edition.tag, id) };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'exchangeRefused') throw error;
    const { problem, line, detail } = error.data;
    const why = t(`exchange:problems.${problem}`, { detail });
    const where = line === 0 ? '' : ` ${t('exchange:problemLine', { line })}`;
    return show(context, `${why}${where} ${t('exchange:nothingChanged')}`);
  }
}

async function showImport(context: EditionContext, changed = false): Promise<Reply> {
  const { world, edition, params, t } = context;
  const open = await openImport(world.store, edition, params.import ?? '');
  const names = await namesOf(context, [open.fileImport.by]);
  const page = importPage(t, open);
  const data = {
    ...page,
    sheets,
    frame: await frameFor(context, 'lessons'),
    by: names.get(open.fileImport.by) ?? '',
    at: open.fileImport.appliedAt ?? open.fileImport.at,
    name: open.fileImport.name,
    problems: changed ? [{ field: 'lines', message: t('exchange:changedMeanwhile') }] : [],
  };
  return { kind: 'page', view: 'desk/exchange/import', data, ...(changed ? { code: 409 } : {}) };
}

const takeForm = z.object({ seen: z.string().regex(/^[0-9a-f]{64}$/) });

async function take(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, form } = context;
  const id = params.import ?? '';
  const { seen } = acceptForm(takeForm, form);
  try {
    const { counts } = await takeFile(world, actor, { edition: edition.tag, id, seen });
    const said = { key: 'exchange:said.taken', values: { count: counts.taken } };
    return { kind: 'redirect', to: paths.import.to(edition.tag, id), said };
  } catch (error) {
    // What was shown is no longer what would happen: the same file, looked at anew.
    if (error instanceof DomainError && error.code === 'staleRevision') return showImport(context, true);
    throw error;
  }
}

async function undo({ world, actor, edition, params }: EditionContext): Promise<Reply> {
  const id = params.import ?? '';
  const kept = await undoFile(world, actor, { edition: edition.tag, id });
  const said = { key: 'exchange:said.undone', values: { count: kept.length } };
  return { kind: 'redirect', to: paths.import.to(edition.tag, id), said };
}

async function report({ world, edition, params, t }: EditionContext): Promise<Reply> {
  const { fileImport, lines } = await openImport(world.store, edition, params.import ?? '');
  const heading = (name: string) => t(`exchange:report.${name}`);
  const bytes = importReport(lines, {
    headings: [heading('place'), heading('segment'), heading('outcome'), heading('file'), heading('here')],
    outcome: (line) => outcomeText(t, line),
  });
  const fileName = `${edition.tag}-report-${(fileImport.appliedAt ?? fileImport.at).slice(0, 10)}.csv`;
  return { kind: 'bytes', bytes, mediaType: 'text/csv; charset=utf-8', fileName };
}

const right = { allow: 'edition:exchange', about: 'edition' } as const;
const read = { ...right, method: 'get', audit: 'nothing' } as const;
const write = { ...right, method: 'post' } as const;

export const exchangeRoutes: readonly Route[] = [
  { ...read, path: paths.exchange.pattern, handle: (context: EditionContext) => show(context) },
  { ...read, path: paths.exchangeFile.pattern, handle: download },
  { ...write, path: paths.imports.pattern, audit: 'exchange/bring', upload: true, handle: bring },
  { ...read, path: paths.import.pattern, handle: (context: EditionContext) => showImport(context) },
  // The command writes what happened in the transaction in which it happens.
  { ...write, path: paths.importTaking.pattern, audit: 'nothing', handle: take },
  { ...write, path: paths.importUndo.pattern, audit: 'exchange/undo', handle: undo },
  { ...read, path: paths.importReport.pattern, handle: report },
];
