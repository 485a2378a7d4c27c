import { z } from 'zod';
import { exportLedger, ledgerFiles } from '../../../commands/edition/exportLedger.ts';
import { confirmEntry, editEntry, giveUpDifference } from '../../../commands/edition/keepLedger.ts';
import { bringBack } from '../../../commands/edition/omitSegment.ts';
import { confirmOverride, giveUpOverride } from '../../../commands/edition/overrideLesson.ts';
import { adaptationKinds } from '../../../domain/edition/edition.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { entryKey } from './differences.ts';
import { type LedgerRefusal, showLedger } from './showLedger.ts';

const back = (context: EditionContext, key: string, name: string): Reply => ({
  kind: 'redirect',
  to: paths.ledger.to(context.edition.tag),
  said: { key: `ledger:said.${key}`, values: { name } },
});

const entryForm = z.object({ revision, kind: z.enum(adaptationKinds), reason: z.string().max(1000).default('') });

async function edit(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params, t } = context;
  const segment = params.segment ?? '';
  const form = acceptForm(entryForm, context.form);
  try {
    await editEntry(world, actor, { edition: edition.tag, segment, ...form });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const stale = error.code === 'staleRevision';
    if (!stale && error.code !== 'reasonNeeded') throw error;
    const refusal: LedgerRefusal = {
      key: entryKey(segment),
      code: stale ? 409 : 422,
      message: t(`errors:${error.code}`),
      kind: form.kind,
      reason: form.reason,
      theirs: stale ? String(error.data.theirs ?? '') : null,
    };
    return showLedger(context, refusal);
  }
  return back(context, 'edited', segment);
}

const atForm = z.object({ revision });

async function confirm(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  await confirmEntry(world, actor, { edition: edition.tag, segment, ...acceptForm(atForm, context.form) });
  return back(context, 'confirmed', segment);
}

/** An omission is brought back; a difference in words gives way to the baseline's text, or to a new translation. */
async function end(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const at = { edition: edition.tag, segment, ...acceptForm(atForm, context.form) };
  const entry = await world.store.ledger.byId(edition.tag, segment);
  if (entry?.omits) {
    await bringBack(world, actor, at);
    return back(context, 'broughtBack', segment);
  }
  await giveUpDifference(world, actor, at);
  return back(context, edition.language === 'en' ? 'givenUp' : 'toTranslate', segment);
}

const name = z.string().min(1).max(100);
const overrideForm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('minutes'), lesson: name, section: name, segment: name, revision }),
  z.object({ kind: z.literal('order'), lesson: name, section: name, revision }),
]);

function overrideAt(context: EditionContext) {
  const { revision, ...key } = acceptForm(overrideForm, context.form);
  const segment = key.kind === 'minutes' ? key.segment : null;
  return { at: { key: { ...key, edition: context.edition.tag, segment }, revision }, name: segment ?? key.lesson };
}

async function confirmOther(context: EditionContext): Promise<Reply> {
  const { at, name } = overrideAt(context);
  await confirmOverride(context.world, context.actor, at);
  return back(context, 'confirmed', name);
}

async function endOther(context: EditionContext): Promise<Reply> {
  const { at, name } = overrideAt(context);
  await giveUpOverride(context.world, context.actor, at);
  return back(context, 'baselineAgain', name);
}

async function file(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const kind = ledgerFiles.find((each) => `ledger.${each}` === params.table);
  if (kind === undefined) throw new DomainError('pageUnknown');
  const { bytes, mediaType } = await exportLedger(world, actor, { edition: edition.tag, as: kind });
  return { kind: 'bytes', bytes, mediaType, fileName: `${edition.tag}-ledger.${kind}` };
}

const read = { method: 'get', allow: 'edition:read', audit: 'nothing', about: 'edition' } as const;
const write = { method: 'post', allow: 'unit:write', about: 'edition' } as const;

export const ledgerRoutes: readonly Route[] = [
  { ...read, path: paths.ledger.pattern, handle: (context: EditionContext) => showLedger(context) },
  { ...read, path: paths.ledgerFile.pattern, handle: file },
  { ...write, path: paths.ledgerEntry.pattern, audit: 'ledger/edit', handle: edit },
  { ...write, path: paths.ledgerConfirmation.pattern, audit: 'ledger/confirm', handle: confirm },
  { ...write, path: paths.ledgerEnd.pattern, audit: 'ledger/end', handle: end },
  { ...write, path: paths.overrideConfirmation.pattern, audit: 'ledger/confirm', handle: confirmOther },
  { ...write, path: paths.overrideEnd.pattern, audit: 'ledger/end', handle: endOther },
];
