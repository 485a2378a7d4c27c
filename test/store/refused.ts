import assert from 'node:assert/strict';
import { DomainError, type ErrorCode } from '../../src/domain/errors.ts';

/** Expects a refusal with this code, and returns its data. */
export async function refused(code: ErrorCode, work: Promise<unknown>): Promise<DomainError['data']> {
  let data: DomainError['data'] = {};
  await assert.rejects(work, (error) => {
    if (!(error instanceof DomainError)) throw error;
    data = error.data;
    return error.code === code;
  });
  return data;
}

/** How each of many attempts ended: how many did, and the code of every refusal. */
export async function outcomes(
  work: readonly Promise<unknown>[],
): Promise<{ done: number; refusals: readonly string[] }> {
  const settled = await Promise.allSettled(work);
  const refusals = settled.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return [];
    if (!(outcome.reason instanceof DomainError)) throw outcome.reason;
    return [outcome.reason.code];
  });
  return { done: settled.length - refusals.length, refusals };
}
