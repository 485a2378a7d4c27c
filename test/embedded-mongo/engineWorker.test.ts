import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MongoClient } from 'mongodb';
import { EngineWorker } from '../../src/embedded-mongo/engineWorker.ts';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import { Lease } from '../../src/embedded-mongo/lease.ts';
import { listen } from '../../src/embedded-mongo/wire/listener.ts';

const folder = mkdtempSync(join(tmpdir(), 'hw-worker-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Holds the file as another process would; afterwards it is nobody's, and no database. */
async function holdAndSpoil(file: string): Promise<() => Promise<void>> {
  const lease = new Lease(file);
  assert.ok(lease.take());
  const { server, address } = await listen(file, undefined, () => {});
  lease.announce(address);
  return async () => {
    await new Promise<void>((done) => server.close(() => done()));
    writeFileSync(file, 'This is no database, and never was one.'.repeat(200));
    lease.release();
  };
}

test('a worker that keeps failing is told of, tried less and less often, and closed at once', async () => {
  const file = join(folder, 'spoiled.db');
  const letGo = await holdAndSpoil(file);
  const said: string[] = [];
  const twice = Promise.withResolvers<void>();
  const worker = new EngineWorker(file, undefined, (line) => {
    said.push(line);
    if (line.includes('(2 times in a row)')) twice.resolve();
  });
  await worker.started;
  await letGo();
  await twice.promise;
  // Now it is dead and waits for its next start.
  await worker.close();
  const pauses = said.flatMap((line) => /started again in ([\d.]+) s/.exec(line)?.[1] ?? []).map(Number);
  assert.deepEqual(pauses.slice(0, 2), [0.2, 0.4]);
  assert.ok(
    said.some((line) => /failed: .*not a database/.test(line)),
    said.join('\n'),
  );
});

test('close is the same promise for everybody, and the file can be served again after it', async () => {
  const file = join(folder, 'again.db');
  const worker = new EngineWorker(file, 64, () => {});
  await worker.started;
  assert.equal(worker.close(), worker.close());
  await worker.close();
  const engine = await startEmbeddedMongo({ file, memoryMegabytes: 64 });
  const client = await new MongoClient(engine.uri).connect();
  await client.db('a').collection('b').insertOne({ c: 1 });
  await client.close();
  await engine.close();
});

test('a file that is no database is said to be none, and nothing is started again', async () => {
  const file = join(folder, 'text.db');
  writeFileSync(file, 'Some text that somebody put here.'.repeat(200));
  const said: string[] = [];
  await assert.rejects(startEmbeddedMongo({ file, onLog: (line) => said.push(line) }), /not a database/);
  assert.ok(!said.some((line) => line.includes('started again')));
});
