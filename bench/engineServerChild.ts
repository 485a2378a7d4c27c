/**
 * A process that runs the embedded engine and nothing else: `FILE [first]`. With `first` it asks the engine itself, with a
 * driver that is loaded before the clock starts, and says when it has the first answer.
 */
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/embedded-mongo/index.ts';
import { say } from '../test/prove/child.ts';

const [file = '', first] = process.argv.slice(2);
const began = performance.now();
const engine = await startEmbeddedMongo({ file });
const startMs = performance.now() - began;
let firstAnswerMs: number | null = null;
if (first === 'first') {
  const client = await new MongoClient(engine.uri).connect();
  const found = await client.db('bench').collection<{ _id: number }>('rows').findOne({ _id: 1 });
  if (found?._id !== 1) throw new Error('the file has no document');
  firstAnswerMs = performance.now() - began;
  await client.close();
}
process.on('message', () => void engine.close().then(() => process.disconnect?.()));
say('ready', { uri: engine.uri, startMs, firstAnswerMs });
