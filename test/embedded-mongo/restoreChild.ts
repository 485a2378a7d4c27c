import { restoreEmbeddedMongo } from '../../src/embedded-mongo/index.ts';

const [source = '', target = ''] = process.argv.slice(2);
await restoreEmbeddedMongo(source, target);
