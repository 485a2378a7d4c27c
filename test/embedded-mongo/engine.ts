import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedMongo, startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';

export interface TestEngine extends EmbeddedMongo {
  readonly file: string;
}

/** An engine on a folder of its own, which goes with it. */
export async function startTestEngine(): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'hw-engine-'));
  const file = join(folder, 'headwater.db');
  const engine = await startEmbeddedMongo({ file });
  return {
    ...engine,
    file,
    close: async () => {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
