import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';

// Run by durability.test.ts as a process of its own, to be killed.
const [, , file = '', what] = process.argv;
const engine = await startEmbeddedMongo({ file });
if (what === 'serve') process.stdout.write(`${engine.uri}\n`);
else {
  const client = await new MongoClient(engine.uri).connect();
  const things = client.db('test').collection<{ _id: number; half: number }>('things');
  await things.createIndex({ half: 1 });
  for (let i = 0; ; i++) {
    await things.insertOne({ _id: i, half: Math.floor(i / 2) });
    process.stdout.write(`${i}\n`);
  }
}
