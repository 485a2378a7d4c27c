import { suggester } from '../../../commands/memory/suggester.ts';
import { openUpdate } from '../../../commands/update/loadUpdate.ts';
import { can } from '../../../domain/access/can.ts';
import { standsOn } from '../../../domain/edition/standsOn.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply } from '../../route.ts';
import { frameFor } from '../frame.ts';
import { loadAppliedNote } from './appliedNote.ts';
import { goalOf } from './goal.ts';
import type { Refused } from './updateItems.ts';
import { namesFor, updatePage } from './updatePage.ts';

/** What could not be done, and what the page tells about it. */
export type Refusal = {
  readonly code: number;
  readonly refused: Refused | null;
  /** Of many answered at once: what was in the way. */
  readonly notTaken: readonly { readonly key: string; readonly message: string }[];
};

const nothingRefused: Refusal = { code: 200, refused: null, notTaken: [] };

/** The update that waits, or that there is none. */
export async function showUpdate(context: EditionContext, refusal: Refusal = nothingRefused): Promise<Reply> {
  const { world, edition, actor, t, now } = context;
  const { store } = world;
  const goal = goalOf(context);
  const aids = { memory: () => suggester(store, edition, now) };
  const [open, releases, names, stored] = await Promise.all([
    openUpdate(store, edition, now, goal, aids),
    store.releases.all(),
    namesFor(context),
    store.updates.draft(edition.tag),
  ]);
  const applied = await loadAppliedNote(store, edition, names);
  const subject = { partner: edition.partner };
  const may = {
    decide: can(actor, 'update:decide', subject),
    apply: can(actor, 'update:apply', subject),
    raise: can(actor, 'edition:manage', subject),
  };
  const sheets = ['update.css'];
  if (open === null) {
    const { release: base } = edition.upstream;
    if (goal.target !== undefined) throw new DomainError('releaseNotLater', { release: goal.target, base });
    const release = standsOn(edition.upstream);
    const title = t('update:current', { edition: edition.tag, release });
    const frame = await frameFor(context, 'update');
    const hrefs = { undo: paths.updateUndo.to(edition.tag), log: paths.updateLog.to(edition.tag) };
    const data = { title, frame, applied, may, revision: edition.revision, hrefs, sheets };
    return { kind: 'page', view: 'desk/update/current', data };
  }
  const { refused, notTaken, code } = refusal;
  const page = updatePage(context, { open, goal, releases, stored, names, refused });
  const title = t('update:headline', { base: page.base, target: page.target });
  const safety = open.plan.counts.safety > 0;
  // The number beside the place counts the whole update, not one change set of it.
  const counts = goal.set === undefined ? { update: { count: page.open, safety } } : {};
  const frame = await frameFor(context, 'update', counts);
  const scripts = ['desk-update.js'];
  const data = { title, frame, may, applied, notTaken, reasonKinds: reasonKinds(t), sheets, scripts, ...page };
  return { kind: 'page', view: 'desk/update/update', data, code };
}

/** The reasons that need no words of one's own; what is stored is the text that was chosen. */
const reasonKinds = (t: EditionContext['t']) =>
  ['law', 'untrue', 'covered', 'long'].map((kind) => ({ label: t(`update:reasons.${kind}`) }));
