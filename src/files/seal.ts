import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A version for a writer: changes with any of these files and folders. */
export function sealOf(paths: readonly string[]): string {
  const seal = createHash('sha256');
  for (const path of paths) {
    const inside = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .sort()
          .map((name) => join(path, name))
          .filter((name) => statSync(name).isFile())
      : [path];
    for (const file of inside) seal.update(readFileSync(file)).update('\0');
  }
  return seal.digest('hex').slice(0, 16);
}
