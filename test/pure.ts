import { globSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The tests of the pure rooms in one process: values in, values out, nothing to share. A process each would cost more
 * than what they test. One alone still runs by its own name.
 */
for (const file of globSync('{domain,formats}/**/*.test.ts', { cwd: import.meta.dirname }).sort()) {
  await import(join(import.meta.dirname, file));
}
