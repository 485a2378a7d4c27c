/** A first start by the real `start`, until it has finished or is killed. */
import { readConfig } from '../../src/config.ts';
import { start } from '../../src/main.ts';
import { say } from './child.ts';
import { provenNow } from './river.ts';

const [folder = '', contentFolder = ''] = process.argv.slice(2);
say('started');
const config = readConfig({ DATA_DIR: folder, PORT: '0' });
const running = await start(config, { now: () => provenNow, contentFolder, print: () => {}, logLevel: 'warn' });
say('listening');
await running.ready;
say('ready');
await running.close();
say('closed');
process.disconnect?.();
