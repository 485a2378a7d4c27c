import { CommandError } from '../errors.ts';

/** To whom the cursors of a transaction belong: to it, and not to its session. */
export function cursorOwner(session: string, number: bigint): string {
  return `${session}/${number}`;
}

/** Refuses a cursor to another session or transaction than its own, with MongoDB's codes. */
export function checkCursorOwner(id: bigint, own: string, asking: string): void {
  if (own === asking) return;
  const [ownSession = '', ownNumber] = own.split('/');
  const [session = '', number] = asking.split('/');
  const refused = (code: number, why: string) => new CommandError(code, `Cannot run getMore on cursor ${id}, ${why}`);
  if (ownSession === '') throw refused(50736, 'which was not created in a session, in a session');
  if (session === '') throw refused(50737, 'which was created in a session, without an lsid');
  if (ownSession !== session) throw refused(50738, 'which was created in another session');
  if (ownNumber === undefined) throw refused(50739, 'which was not created in a transaction, in a transaction');
  if (number === undefined) throw refused(50740, 'which was created in a transaction, without a txnNumber');
  throw refused(50741, 'which was created in another transaction');
}
