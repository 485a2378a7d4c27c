import type { Judge } from './judge.ts';
export const officeJudge: Judge = { name: 'office', judge: async () => [] };
