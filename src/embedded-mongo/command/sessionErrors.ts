import { CommandError } from '../errors.ts';

export function noSuchTransaction(number: bigint): CommandError {
  return new CommandError(251, `Given transaction number ${number} does not match any in-progress transactions.`);
}

export function committed(number: bigint): CommandError {
  return new CommandError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
}

export function partOfTransaction(): CommandError {
  return new CommandError(72, 'Must specify autocommit=false on all operations of a multi-statement transaction.');
}

export function numberInUse(): CommandError {
  const message = 'Only servers in a sharded cluster can start a new transaction at the active transaction number';
  return new CommandError(117, message);
}

export function tooOld(number: bigint, active: bigint): CommandError {
  const message = `Cannot use txnNumber ${number} on a session that has already used the newer txnNumber ${active}`;
  return new CommandError(225, message);
}
