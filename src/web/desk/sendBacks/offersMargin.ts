import { paths } from '../../paths.ts';
import type { MarginAbout } from '../workbench/marginParts.ts';
import { type OfferForm, offerForm } from './offerForm.ts';

/** An offer of this edition for this text that is under way, and the form where there is none. */
export type SendBackMargin = {
  readonly list: string;
  readonly standing: { readonly state: string; readonly answer: string | null; readonly release: string | null } | null;
  readonly form: OfferForm | null;
};

/** What stands beside an open unit of the workbench; null for a text of the edition's own. */
export async function offersMargin({ context, desk, unit }: MarginAbout): Promise<SendBackMargin | null> {
  const { world, edition, actor, t } = context;
  const { segment } = unit;
  if (desk.working.material?.segments.has(segment)) return null;
  const offers = await world.store.sendBacks.some(edition.tag, [segment]);
  const newest = offers.find((each) => each.state !== 'withdrawn') ?? null;
  const waits = newest?.state === 'open' || newest?.state === 'taken';
  return {
    list: paths.sendBacks.to(edition.tag),
    standing:
      newest === null
        ? null
        : { state: t(`sendBack:states.${newest.state}`), answer: newest.answer, release: newest.release },
    form: waits ? null : offerForm({ t, actor, working: desk.working, segment }),
  };
}
