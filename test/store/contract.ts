import { after, before, describe } from 'node:test';
import type { OpenStore } from '../../src/store/openStore.ts';
import { assignmentCases } from './assignmentCases.ts';
import { baselineCases } from './baselineCases.ts';
import { deliveryCases } from './deliveryCases.ts';
import { deskCases } from './deskCases.ts';
import { editionCases } from './editionCases.ts';
import { feedbackCases } from './feedbackCases.ts';
import { glossaryCases } from './glossaryCases.ts';
import { importCases } from './importCases.ts';
import { materialCases } from './materialCases.ts';
import { memoryCases } from './memoryCases.ts';
import { peopleCases } from './peopleCases.ts';
import { transactionCases } from './transactionCases.ts';
import { unitCases } from './unitCases.ts';
import { waiverCases } from './waiverCases.ts';

/** The store under test; opened before the first case. */
export type Opened = { readonly store: OpenStore['store']; readonly connection: OpenStore['connection'] };
export type Cases = (opened: () => Opened) => void;

/** What every engine has to keep. `open` gives an empty store. */
export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`the store on ${name}`, () => {
    let opened: OpenStore;
    before(async () => {
      opened = await open();
    });
    after(() => opened?.close());
    const cases: readonly Cases[] = [
      peopleCases,
      baselineCases,
      editionCases,
      unitCases,
      waiverCases,
      transactionCases,
      deliveryCases,
      deskCases,
      materialCases,
      glossaryCases,
      memoryCases,
      assignmentCases,
      importCases,
      feedbackCases,
    ];
    for (const add of cases) add(() => opened);
  });
}
