import type { Actor } from '../../../domain/access/access.ts';
import { can } from '../../../domain/access/can.ts';
import { baselineLanguage, type WorkingEdition } from '../../../domain/edition/workingText.ts';
import { segmentIn } from '../../../domain/package/lessonPackage.ts';
import { sendBackKinds } from '../../../domain/sendBack/sendBack.ts';
import { paths } from '../../paths.ts';
import type { Translate } from '../../route.ts';

/** What was sent and could not be kept. */
export type Typed = {
  readonly kind: string;
  readonly proposed: string;
  readonly reason: string;
  readonly evidence: string;
  readonly problem: string;
};

/** The form that offers a text to the baseline. */
export type OfferForm = {
  readonly segment: string;
  readonly href: string;
  readonly kinds: readonly { readonly value: string; readonly text: string; readonly chosen: boolean }[];
  readonly proposed: string;
  readonly reason: string;
  readonly evidence: string;
  readonly problem: string | null;
};

type Asked = {
  readonly t: Translate;
  readonly actor: Actor;
  readonly working: WorkingEdition;
  readonly segment: string;
};

/** The form for one text of the baseline; null for a text of the edition's own, and for who may not. */
export function offerForm({ t, actor, working, segment }: Asked, typed: Typed | null = null): OfferForm | null {
  const { edition, lessonPackage, units, material } = working;
  const source = segmentIn(lessonPackage, segment);
  const own = material?.segments.has(segment) ?? false;
  if (source === undefined || own || !can(actor, 'sendBack:write', { partner: edition.partner })) return null;
  const ours = edition.language === baselineLanguage ? units.get(segment)?.target : undefined;
  return {
    segment,
    href: paths.unitSendBack.to(edition.tag, segment),
    kinds: sendBackKinds.map((kind) => ({
      value: kind,
      text: t(`sendBack:kinds.${kind}`),
      chosen: kind === (typed?.kind ?? 'wording'),
    })),
    proposed: typed?.proposed ?? ours ?? source.text,
    reason: typed?.reason ?? working.ledger.get(segment)?.reason ?? '',
    evidence: typed?.evidence ?? '',
    problem: typed?.problem ?? null,
  };
}
