/** A process that serves a file from when it is told which, until it is killed. */
import { startEmbeddedMongo } from '../../../src/embedded-mongo/index.ts';
import { say, told } from '../child.ts';

say('warm');
const { file } = await told<{ readonly file: string }>();
const engine = await startEmbeddedMongo({ file, memoryMegabytes: 32 });
say('serving', engine.uri);
