import { servePublic } from '../../src/publicServer.ts';
import { askAll } from '../site/randomUrls.ts';
import { createFixture } from '../site/siteFixture.ts';
import { createEvidence, numberOption } from './evidence.ts';

/** The public server, asked for addresses that nobody would write. */
const count = numberOption('requests', 10_000);
const seed = numberOption('seed', 1);
const evidence = createEvidence('public-urls');
const site = await createFixture();
await site.site.projectAll();
const problems: string[] = [];
const at = { host: '127.0.0.1', port: 0, publicFolder: site.folder, baseUrl: null };
const server = await servePublic(at, (problem) => problems.push(String(problem)));
const { codes, wrong } = await askAll(server.address, seed, count);
await server.close();
await site.close();

const violations = [...wrong, ...problems];
const verdict = violations.length === 0 ? 'passed' : 'failed';
console.log(`${count} requests: ${JSON.stringify(codes)}`);
for (const violation of violations.slice(0, 20)) console.log(violation);
const counts = { requests: count, byCode: codes };
console.log(`${verdict}: ${evidence.write({ verdict, seed, counts, faultsFired: null, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
