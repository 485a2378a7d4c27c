import { z } from 'zod';
import { waiveFinding, withdrawWaiver } from '../../../commands/checks/waiveFinding.ts';
import { waiverReasons } from '../../../domain/checks/unit/waiver.ts';
import { DomainError } from '../../../domain/errors.ts';
import { paths } from '../../paths.ts';
import type { EditionContext, Reply, Route } from '../../route.ts';
import { acceptForm, revision } from '../workbench/acceptForm.ts';
import { filters, unitHref } from '../workbench/hrefs.ts';

const at = {
  of: z.string().regex(/^[0-9a-f]{64}$/),
  lesson: z.string().min(1).max(100),
  show: z.enum(filters).catch('all'),
};
const waiveForm = z.object({
  ...at,
  reason: z.union([z.enum(waiverReasons), z.literal('').transform(() => null)]),
  words: z.string().trim().max(500).default(''),
});
const withdrawForm = z.object({ ...at, revision });

async function waive(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const { of, lesson, show, reason, words } = acceptForm(waiveForm, context.form);
  if (reason === null) throw new DomainError('reasonNeeded');
  await waiveFinding(world, actor, { edition: edition.tag, segment, of, reason, words });
  return back(edition.tag, lesson, segment, show, 'waived');
}

async function withdraw(context: EditionContext): Promise<Reply> {
  const { world, actor, edition, params } = context;
  const segment = params.segment ?? '';
  const { of, lesson, show, revision: seen } = acceptForm(withdrawForm, context.form);
  await withdrawWaiver(world, actor, { edition: edition.tag, segment, of, revision: seen });
  return back(edition.tag, lesson, segment, show, 'withdrawn');
}

const back = (tag: string, lesson: string, segment: string, show: (typeof filters)[number], done: string): Reply => ({
  kind: 'redirect',
  to: unitHref(tag, lesson, segment, show),
  said: { key: `checks:said.${done}`, values: { segment } },
});

export const checksRoutes: readonly Route[] = [
  {
    method: 'post',
    path: paths.unitWaivers.pattern,
    allow: 'unit:write',
    audit: 'finding/waive',
    about: 'edition',
    handle: waive,
  },
  {
    method: 'post',
    path: paths.unitWaiverWithdrawal.pattern,
    allow: 'unit:write',
    audit: 'finding/withdrawWaiver',
    about: 'edition',
    handle: withdraw,
  },
];
