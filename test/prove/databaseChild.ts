/** The database in a process of its own, as MongoDB would be: says where it is, and serves until it is killed. */
import { startEmbeddedMongo } from '../../src/embedded-mongo/index.ts';
import { say } from './child.ts';

const { uri } = await startEmbeddedMongo({ file: process.argv[2] ?? '' });
say('serving', uri);
process.once('disconnect', () => process.exit(0));
