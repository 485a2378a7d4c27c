import { can } from '../../../domain/access/can.ts';
import { adaptationKinds } from '../../../domain/edition/edition.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { loadDesk, namesOf } from '../today/loadDesk.ts';
import { placeCounts, waitingOf } from '../today/waiting.ts';
import { languagesOf } from '../workbench/unitRow.ts';
import type { Difference } from './differences.ts';
import { ledgerPage } from './ledgerPage.ts';
import { reoffersOf, shownReoffer } from './reoffers.ts';

/** What could not be kept: the row is opened with what was typed. */
export type LedgerRefusal = {
  readonly key: string;
  readonly code: number;
  readonly message: string;
  readonly kind: string;
  readonly reason: string;
  /** What somebody else wrote meanwhile. */
  readonly theirs: string | null;
};

/** The ledger of an edition. */
export async function showLedger(context: EditionContext, refusal: LedgerRefusal | null = null): Promise<Reply> {
  const { world, edition, actor, t, language, query } = context;
  const desk = await loadDesk(context);
  const { ledger, overrides = [] } = desk.working;
  const names = await namesOf(
    context,
    [...ledger.values(), ...overrides].map((entry) => entry.owner),
  );
  const asked = { kind: query.kind ?? '', lesson: query.lesson ?? '', owner: query.owner ?? '' };
  const page = ledgerPage(t, desk, names, asked);
  const mayWrite = can(actor, 'unit:write', { partner: edition.partner });
  const reoffers = reoffersOf(desk);
  const opened = refusal?.key ?? query.entry ?? '';
  const shown = async (difference: Difference) => {
    const reoffer = reoffers.get(difference.key);
    const nearby = reoffer === undefined ? null : await shownReoffer(world.store, desk, difference.key, reoffer);
    return { ...difference, nearby, mayWrite, hrefs: hrefsOf(edition.tag, difference) };
  };
  const row = (difference: Difference) => {
    const open = mayWrite && difference.key === opened;
    const form = open ? formOf(t, difference, refusal) : null;
    return { ...difference, mayWrite, open, form, hrefs: hrefsOf(edition.tag, difference) };
  };
  const data = {
    ...page,
    again: await Promise.all(page.again.map(shown)),
    elsewhere: await Promise.all(page.elsewhere.map(shown)),
    rows: page.rows.map(row),
    sheets: ['desk-edition.css', 'desk-ledger.css'],
    title: page.headline,
    frame: await frameFor(context, 'ledger', placeCounts(desk, waitingOf(desk, actor))),
    tag: edition.tag,
    languages: languagesOf(edition.language, language),
    sameLanguage: edition.language === 'en',
    problems: refusal === null ? [] : [{ field: 'entry-reason', message: refusal.message }],
    mayWrite,
    files: ['csv', 'json'].map((kind) => ({
      kind: kind.toUpperCase(),
      href: paths.ledgerFile.to(edition.tag, `ledger.${kind}`),
    })),
    href: paths.ledger.to(edition.tag),
  };
  return { kind: 'page', view: 'desk/ledger/ledger', data, ...(refusal === null ? {} : { code: refusal.code }) };
}

function formOf(t: EditionContext['t'], difference: Difference, refusal: LedgerRefusal | null) {
  const kind = refusal?.kind ?? difference.kind;
  return {
    reason: refusal?.reason ?? difference.reason,
    theirs: refusal?.theirs ?? null,
    problem: refusal?.message ?? null,
    kinds: adaptationKinds
      .filter(
        (each) => !['minutes', 'order'].includes(each) && (difference.shape === 'omission' || each !== 'omission'),
      )
      .map((each) => ({ value: each, text: t(`desk:adaptationKinds.${each}`), chosen: each === kind })),
  };
}

function hrefsOf(tag: string, difference: Difference) {
  const open = `${paths.ledger.to(tag)}?${new URLSearchParams({ entry: difference.key })}#${difference.anchor}`;
  if (difference.shape === 'minutes' || difference.shape === 'order') {
    return { open, save: null, confirm: paths.overrideConfirmation.to(tag), end: paths.overrideEnd.to(tag) };
  }
  return {
    open,
    save: paths.ledgerEntry.to(tag, difference.name),
    confirm: paths.ledgerConfirmation.to(tag, difference.name),
    end: paths.ledgerEnd.to(tag, difference.name),
  };
}
