import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        optionalDependencies: z.record(z.string(), z.string()).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')));
const entries = Object.entries(lock.packages);

test('the lock file names every optional platform package, so that npm ci works on any platform', () => {
  const missing = entries.flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !(`node_modules/${name}` in lock.packages) && !(`${place}/node_modules/${name}` in lock.packages),
    ),
  );
  assert.deepEqual(missing, []);
});

test('nothing runs a script of its own when it is installed, and what runs here has an integrity hash', () => {
  assert.deepEqual(
    entries.filter(([, entry]) => entry.hasInstallScript).map(([place]) => place),
    [],
  );
  const here = entries.filter(([place]) => /linux-x64/.test(place) && !/musl/.test(place));
  assert.deepEqual(
    here.filter(([, entry]) => entry.integrity === undefined).map(([place]) => place),
    [],
  );
});

test('direct dependencies are named by exact version', () => {
  const { dependencies, devDependencies } = z
    .object({
      dependencies: z.record(z.string(), z.string()),
      devDependencies: z.record(z.string(), z.string()),
    })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')));
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, at]) => !/^\d+\.\d+\.\d+$/.test(at));
  assert.deepEqual(loose, []);
});
