import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { makePrivate } from './storage/schema.ts';
import type { Address } from './wire/listener.ts';

/**
 * Who may serve a file. The lock is SQLite's own lock on a small file beside it: the operating system lets it go when
 * the process ends, however it ends, so that there is never a stale one.
 */
export class Lease {
  readonly #file: string;
  #lock: DatabaseSync | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  /** True where this process has it now. */
  take(): boolean {
    makePrivate(`${this.#file}.lock`);
    const lock = new DatabaseSync(`${this.#file}.lock`, { timeout: 0 });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      if (/locked|busy/i.test(String(error))) return false;
      throw error;
    }
    this.#lock = lock;
    return true;
  }

  /** Tells other processes where to find this one. */
  announce(address: Address): void {
    const path = `${this.#file}.address`;
    writeFileSync(`${path}.new`, JSON.stringify({ ...address, pid: process.pid }), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  /** Where the holder, or the last one, is or was found. */
  address(): Address | undefined {
    try {
      const read: unknown = JSON.parse(readFileSync(`${this.#file}.address`, 'utf8'));
      if (typeof read !== 'object' || read === null) return undefined;
      if ('path' in read && typeof read.path === 'string') return { path: read.path };
      if ('port' in read && typeof read.port === 'number') return { port: read.port };
    } catch {
      // No file, or half of one from an older version: as good as none.
    }
    return undefined;
  }

  release(): void {
    this.#lock?.close();
    this.#lock = undefined;
  }
}

/** Whether somebody listens there. */
export async function answers(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = 'path' in address ? connect(address.path) : connect(address.port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
