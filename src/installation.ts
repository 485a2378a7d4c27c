import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/** A secret of this installation, made once, readable by its owner only. */
export function secret(config: Config, name: string): string {
  const file = join(config.dataFolder, `${name}.secret`);
  if (!existsSync(file)) {
    // Written whole before it gets its name: a start that is killed here leaves no empty secret behind.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      // Another process was first; its secret counts.
      if (!existsSync(file)) throw error;
    }
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

/** Lines of JSON in the data folder; no names, no addresses, no query strings. */
export function createLog(config: Config, level: string): Logger {
  const destination = pino.destination({ dest: join(config.dataFolder, 'headwater.log'), mode: 0o600, sync: false });
  return pino({ level, base: null }, destination);
}
