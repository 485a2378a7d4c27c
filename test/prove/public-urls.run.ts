import { servePublic } from '../../src/publicServer.ts';
import { askBadly, askWhole, foldedUp } from '../site/askBadly.ts';
import { badInputs } from '../site/badInputs.ts';
import { askAll } from '../site/randomUrls.ts';
import { createFixture } from '../site/siteFixture.ts';
import { createEvidence, numberOption } from './evidence.ts';

/** The public server, asked for addresses that nobody would write, and sent what nobody should send. */
const count = numberOption('requests', 10_000);
const seed = numberOption('seed', 1);
const evidence = createEvidence('public-urls');
const site = await createFixture();
await site.site.projectAll();
const problems: string[] = [];
const at = { host: '127.0.0.1', port: 0, publicFolder: site.folder, baseUrl: null };
const server = await servePublic(at, (problem) => problems.push(String(problem)));
const before = foldedUp(site.folder);
const { codes, wrong } = await askAll(server.address, seed, count);

const path = '/tr-TR/lessons/A3/card.pdf';
const { headers } = await askWhole(server.address, { path });
const inputs = badInputs({ path, length: Number(headers['content-length']), etag: String(headers.etag) });
const alone = await askBadly(server.address, inputs);
const besideTheDesk = await askBadly(site.origin, inputs);
const changed = foldedUp(site.folder) === before ? [] : ['the public folder was changed'];
await server.close();
await site.close();

const violations = [...wrong, ...alone.wrong, ...besideTheDesk.wrong, ...changed, ...problems];
const verdict = violations.length === 0 ? 'passed' : 'failed';
console.log(`${count} requests: ${JSON.stringify(codes)}`);
console.log(`${inputs.length} bad inputs, twice: ${JSON.stringify(alone.codes)}`);
for (const violation of violations.slice(0, 20)) console.log(violation);
const counts = { requests: count, byCode: codes, badInputs: inputs.length, badInputsByCode: alone.codes };
console.log(`${verdict}: ${evidence.write({ verdict, seed, counts, faultsFired: null, violations })}`);
process.exitCode = verdict === 'passed' ? 0 : 1;
